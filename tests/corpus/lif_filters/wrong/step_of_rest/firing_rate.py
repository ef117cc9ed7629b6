# slip: one step more for the spike
# named: one_step_more
def firing_rate(current, tau, threshold):
    if current <= threshold:
        return 0.0
    return 1 / (1 + tau * np.log(current / (current - threshold)))
