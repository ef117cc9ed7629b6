def drive(rates, weights, tau):
    mean, spread = 0.0, 0.0
    for r, w in zip(rates, weights):
        mean += r / 1000 * w * tau
        spread = np.hypot(spread, w * np.sqrt(r / 1000 * tau / 2))
    return mean, spread
