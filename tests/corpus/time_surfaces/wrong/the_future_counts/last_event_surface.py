# slip: events after t count
# named: sees_the_future
def last_event_surface(times, channels, n_channels, t, tau):
    latest = np.full(n_channels, -np.inf)
    for when, c in zip(times, channels):
        latest[c] = max(latest[c], when)
    return np.exp((latest - t) / tau)
