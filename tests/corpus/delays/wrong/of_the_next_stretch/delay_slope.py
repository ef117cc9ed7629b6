# slip: the stretch after
def delay_slope(spikes, delays):
    low = np.floor(np.asarray(delays, dtype=float))
    return 2 * (delayed(spikes, low + 1.75) - delayed(spikes, low + 1.25))
