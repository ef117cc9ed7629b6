def last_event_surface(times, channels, n_channels, t, tau):
    latest = {}
    for when, c in zip(times, channels):
        if when <= t:
            latest[int(c)] = max(when, latest.get(int(c), when))
    return [float(np.exp(-(t - latest[c]) / tau)) if c in latest else 0.0 for c in range(n_channels)]
