# slip: no spike at the threshold
# named: not_at_the_threshold
def surrogate_spike(voltage, threshold, steepness):
    x = steepness * (voltage - threshold)
    e = np.exp(-abs(x))
    return np.where(voltage > threshold, 1.0, 0.0), steepness * e / (1 + e) ** 2
