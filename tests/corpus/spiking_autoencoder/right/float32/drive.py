def drive(rates, weights, tau):
    r, w = np.asarray(rates, np.float32) * np.float32(0.001), np.asarray(weights, np.float32)
    return np.array([(r * w).sum() * tau, np.sqrt((r * w * w).sum() * tau / 2)], np.float32)
