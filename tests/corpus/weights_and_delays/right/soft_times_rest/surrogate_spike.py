def surrogate_spike(voltage, threshold, steepness):
    with np.errstate(over="ignore"):
        soft = 1 / (1 + np.exp(-steepness * (voltage - threshold)))
    return (voltage >= threshold).astype(float), steepness * soft * (1 - soft)
