# slip: only the channels that have spoken
# named: only_who_spoke
def last_event_surface(times, channels, n_channels, t, tau):
    times, channels = np.asarray(times), np.asarray(channels)
    happened = times <= t
    who = np.unique(channels[happened])
    return np.array([np.exp(-(t - times[happened & (channels == c)].max()) / tau) for c in who])
