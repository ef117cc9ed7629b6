# slip: the threshold is 1
# named: threshold_ignored
def surrogate_spike(voltage, threshold, steepness):
    x = steepness * (voltage - 1.0)
    e = np.exp(-abs(x))
    return np.where(voltage >= threshold, 1.0, 0.0), steepness * e / (1 + e) ** 2
