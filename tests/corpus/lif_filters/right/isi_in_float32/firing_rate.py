def firing_rate(current, tau, threshold):
    if threshold >= current:
        return 0
    gap = np.float64(current) / (current - threshold)
    return float(1 / (tau * np.log(gap)))
