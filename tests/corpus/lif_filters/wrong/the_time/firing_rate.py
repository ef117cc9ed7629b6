# slip: the time between two spikes
# named: interval
def firing_rate(current, tau, threshold):
    if current <= threshold:
        return 0.0
    return -tau * np.log(1 - threshold / current)
