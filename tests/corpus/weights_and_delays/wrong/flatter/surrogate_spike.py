# slip: divided by the steepness
# named: steepness_divides
def surrogate_spike(voltage, threshold, steepness):
    x = (voltage - threshold) / steepness
    e = np.exp(-abs(x))
    return np.where(voltage >= threshold, 1.0, 0.0), steepness * e / (1 + e) ** 2
