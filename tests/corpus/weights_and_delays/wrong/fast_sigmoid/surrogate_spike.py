# slip: another surrogate
# named: fast_sigmoid
def surrogate_spike(voltage, threshold, steepness):
    x = steepness * (voltage - threshold)
    e = np.exp(-abs(x))
    return np.where(voltage >= threshold, 1.0, 0.0), 1 / (1 + abs(x)) ** 2
