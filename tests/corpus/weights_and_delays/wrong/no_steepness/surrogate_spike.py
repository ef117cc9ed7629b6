# slip: the inner derivative is left out
# named: inner_derivative_missing
def surrogate_spike(voltage, threshold, steepness):
    x = steepness * (voltage - threshold)
    e = np.exp(-abs(x))
    return np.where(voltage >= threshold, 1.0, 0.0), e / (1 + e) ** 2
