# slip: log10
# named: decimal_logarithm
def firing_rate(current, tau, threshold):
    if current <= threshold:
        return 0.0
    return -1 / (tau * np.log10(1 - threshold / current))
