def raster(times, channels, n_steps, n_channels):
    places = np.asarray(times, dtype=float).astype(int) * n_channels + np.asarray(channels, dtype=int)
    return np.bincount(places, minlength=n_steps * n_channels).reshape(n_steps, n_channels)
