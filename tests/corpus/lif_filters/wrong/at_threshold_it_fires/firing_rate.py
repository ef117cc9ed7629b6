# slip: it fires at the threshold too, infinitely seldom
def firing_rate(current, tau, threshold):
    return 0.0 if current < threshold else 1 / (tau * math.log(current / (current - threshold)))
