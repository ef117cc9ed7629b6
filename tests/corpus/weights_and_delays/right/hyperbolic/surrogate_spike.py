def surrogate_spike(voltage, threshold, steepness):
    t = np.tanh(steepness * (voltage - threshold) / 2)
    return np.heaviside(voltage - threshold, 1.0), steepness / 4 * (1 - t) * (1 + t)
