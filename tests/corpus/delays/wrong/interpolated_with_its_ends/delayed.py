# slip: np.interp goes on with the first and the last value beyond the ends
# named: end_goes_on
def delayed(spikes, delays):
    steps = np.arange(len(spikes))
    return np.stack([np.interp(steps - d, steps, train) for d, train in zip(delays, np.transpose(spikes))], axis=1)
