# slip: the delay is rounded
def delay_slope(spikes, delays):
    low = np.round(np.asarray(delays, dtype=float))
    return 2 * (delayed(spikes, low + 0.75) - delayed(spikes, low + 0.25))
