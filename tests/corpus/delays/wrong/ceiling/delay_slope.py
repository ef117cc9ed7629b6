# slip: the stretch below a whole delay, by ceil
# never said: The delay lies in the stretch above it
def delay_slope(spikes, delays):
    above = np.ceil(np.asarray(delays, dtype=float))
    return delayed(spikes, above) - delayed(spikes, above - 1)
