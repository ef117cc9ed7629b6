def last_event_surface(times, channels, n_channels, t, tau):
    times, channels = np.asarray(times), np.asarray(channels)
    surface = np.zeros(n_channels)
    for c in range(n_channels):
        mine = times[(channels == c) & (times <= t)]
        if mine.size:
            surface[c] = np.exp((mine.max() - t) / tau)
    return surface
