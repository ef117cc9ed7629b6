def firing_rate(current, tau, threshold):
    with np.errstate(all="ignore"):
        interval = -tau * np.log(1 - np.divide(threshold, current))
        return np.where(current > threshold, 1 / interval, 0.0)
