def surrogate_spike(voltage, threshold, steepness):
    with np.errstate(over="ignore"):
        slope = steepness / (4 * np.cosh(steepness * (voltage - threshold) / 2) ** 2)
    return np.array([v >= threshold for v in voltage], dtype=int), slope
