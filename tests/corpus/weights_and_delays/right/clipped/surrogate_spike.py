def surrogate_spike(voltage, threshold, steepness):
    x = np.clip(steepness * (voltage - threshold), -500, 500)
    soft = 1 / (1 + np.exp(-x))
    return np.where(voltage < threshold, 0, 1), steepness * soft * (1 - soft)
