# slip: nan far below the threshold
# not named:
def surrogate_spike(voltage, threshold, steepness):
    x = steepness * (voltage - threshold)
    e = np.exp(-x)
    return np.where(voltage >= threshold, 1.0, 0.0), steepness * e / (1 + e) ** 2
