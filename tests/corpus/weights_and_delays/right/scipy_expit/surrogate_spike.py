from scipy.special import expit

def surrogate_spike(voltage, threshold, steepness):
    x = steepness * (voltage - threshold)
    return 1.0 * (x >= 0), steepness * expit(x) * expit(-x)
