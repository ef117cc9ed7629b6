# slip: tanh in the place of the sigmoid
# named: hyperbolic_tangent
def surrogate_spike(voltage, threshold, steepness):
    x = steepness * (voltage - threshold)
    e = np.exp(-abs(x))
    return np.where(voltage >= threshold, 1.0, 0.0), steepness / np.cosh(np.clip(x, -300, 300)) ** 2
