# slip: the sign is wrong
# named: gradient_sign
def delay_slope(spikes, delays):
    low = np.floor(np.asarray(delays, dtype=float))
    return 2 * (delayed(spikes, low + 0.25) - delayed(spikes, low + 0.75))
