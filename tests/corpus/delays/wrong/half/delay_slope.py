# slip: a half of the slope
def delay_slope(spikes, delays):
    low = np.floor(np.asarray(delays, dtype=float))
    return (delayed(spikes, low + 0.75) - delayed(spikes, low + 0.25))
