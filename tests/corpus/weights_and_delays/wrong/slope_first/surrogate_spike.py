# slip: the slope before the spikes
# not named:
def surrogate_spike(voltage, threshold, steepness):
    x = steepness * (voltage - threshold)
    e = np.exp(-abs(x))
    return steepness * e / (1 + e) ** 2, np.where(voltage >= threshold, 1.0, 0.0)
