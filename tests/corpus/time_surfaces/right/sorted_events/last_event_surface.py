def last_event_surface(times, channels, n_channels, t, tau):
    surface = np.zeros(n_channels)
    for when, channel in sorted(zip(np.asarray(times).tolist(), np.asarray(channels).tolist())):
        if when > t:
            break
        surface[channel] = np.exp((when - t) / tau)
    return surface
