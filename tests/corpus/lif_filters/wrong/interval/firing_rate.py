# slip: the interval
# named: interval
def firing_rate(current, tau, threshold):
    return 0.0 if current <= threshold else tau * math.log(current / (current - threshold))
