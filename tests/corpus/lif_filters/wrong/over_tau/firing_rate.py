# slip: the logarithm over tau
# named: tau_divides
def firing_rate(current, tau, threshold):
    if current <= threshold:
        return 0.0
    return tau / np.log(current / (current - threshold))
