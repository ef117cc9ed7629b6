# slip: log(current / threshold)
# named: whole_current
def firing_rate(current, tau, threshold):
    if current <= threshold:
        return 0.0
    return 1 / (tau * np.log(current / threshold))
