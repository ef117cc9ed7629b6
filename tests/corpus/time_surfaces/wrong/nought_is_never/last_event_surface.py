# slip: a latest time of 0 means never
# named: no_event_at_zero
def last_event_surface(times, channels, n_channels, t, tau):
    latest = np.zeros(n_channels)
    for when, c in zip(times, channels):
        if latest[c] < when <= t:
            latest[c] = when
    return np.where(latest > 0, np.exp(-(t - latest) / tau), 0)
