# slip: negative currents have negative rates
# named: negative_rates
def firing_rate(current, tau, threshold):
    if 0 <= current <= threshold:
        return 0.0
    return 1 / (tau * np.log(current / (current - threshold)))
