# slip: the sigmoid forwards
# named: soft_spikes
def surrogate_spike(voltage, threshold, steepness):
    x = steepness * (voltage - threshold)
    e = np.exp(-abs(x))
    return 1 / (1 + np.exp(-x)), steepness * e / (1 + e) ** 2
