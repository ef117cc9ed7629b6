# slip: tau is left out
def firing_rate(current, tau, threshold):
    return 0.0 if current <= threshold else 1 / (math.log(current / (current - threshold)))
