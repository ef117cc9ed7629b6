# slip: an event at t is left out
# named: not_yet_at_t
def last_event_surface(times, channels, n_channels, t, tau):
    latest = np.full(n_channels, -np.inf)
    for when, c in zip(times, channels):
        if when < t:
            latest[c] = max(latest[c], when)
    return np.exp((latest - t) / tau)
