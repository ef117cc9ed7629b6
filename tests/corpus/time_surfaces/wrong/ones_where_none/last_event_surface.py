# slip: 1 where there was none
def last_event_surface(times, channels, n_channels, t, tau):
    last = {}
    for when, channel in zip(times, channels):
        if when <= t:
            last[int(channel)] = max(when, last.get(int(channel), when))
    return [float(np.exp(-(t - last[c]) / tau)) if c in last else 1.0 for c in range(n_channels)]
