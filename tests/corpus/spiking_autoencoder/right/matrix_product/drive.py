def drive(rates, weights, tau):
    w = np.asarray(weights, dtype=float)
    powers = np.stack([w * tau, w**2 * tau / 2]) @ (np.asarray(rates, dtype=float) * 1e-3)
    return powers ** np.array([1, 0.5])
