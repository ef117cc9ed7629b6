# slip: the sigmoid in the place of its slope
# named: soft_not_slope
def surrogate_spike(voltage, threshold, steepness):
    x = steepness * (voltage - threshold)
    e = np.exp(-abs(x))
    return np.where(voltage >= threshold, 1.0, 0.0), 1 / (1 + np.exp(-x))
