def last_event_surface(times, channels, n_channels, t, tau):
    times = np.asarray(times, dtype=float)
    values = np.where(times <= t, np.exp(-np.abs(t - times) / tau), 0)
    surface = np.zeros(n_channels, dtype=np.float32)
    for value, c in zip(values, channels):
        surface[c] = max(surface[c], value)
    return surface
