# slip: the times are sorted, the channels not
# named: sorted_alone
def last_event_surface(times, channels, n_channels, t, tau):
    latest = [-np.inf] * n_channels
    for when, c in zip(sorted(times), channels):
        if when <= t:
            latest[c] = when
    return np.exp((np.array(latest) - t) / tau)
