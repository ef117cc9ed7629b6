def raster(times, channels, n_steps, n_channels):
    edges = [np.arange(n_steps + 1), np.arange(n_channels + 1)]
    return np.histogram2d(np.floor(times), np.asarray(channels), bins=edges)[0]
