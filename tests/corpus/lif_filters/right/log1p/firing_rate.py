def firing_rate(current, tau, threshold):
    if not current > threshold:
        return 0
    return -1 / (tau * np.log1p(-threshold / current))
