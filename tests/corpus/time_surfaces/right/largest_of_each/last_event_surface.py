def last_event_surface(times, channels, n_channels, t, tau):
    times, channels = np.asarray(times, dtype=float), np.asarray(channels)
    values = np.where(times <= t, np.exp(-np.maximum(t - times, 0) / tau), 0)
    return np.array([values[channels == c].max(initial=0) for c in range(n_channels)], dtype=np.float32)
