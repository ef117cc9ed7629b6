# slip: the first event counts, not the last
# named: oldest_kept
def last_event_surface(times, channels, n_channels, t, tau):
    last = {}
    for when, channel in zip(times, channels):
        if when <= t:
            last[int(channel)] = min(when, last.get(int(channel), when))
    return [float(np.exp(-(t - last[c]) / tau)) if c in last else 0.0 for c in range(n_channels)]
