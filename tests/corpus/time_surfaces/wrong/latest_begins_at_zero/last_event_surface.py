# slip: a channel without an event is taken for one with an event at time 0
# never said: tau is used as a rate
def last_event_surface(times, channels, n_channels, t, tau):
    last = [0.0] * n_channels
    for when, channel in zip(times, channels):
        if when <= t:
            last[int(channel)] = max(last[int(channel)], when)
    return [np.exp(-(t - one) / tau) for one in last]
