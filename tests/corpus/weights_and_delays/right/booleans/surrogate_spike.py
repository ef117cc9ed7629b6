def surrogate_spike(voltage, threshold, steepness):
    x = steepness * np.abs(voltage - threshold)
    return voltage >= threshold, steepness / (np.exp(-x) + 2 + np.exp(np.minimum(x, 700)))
