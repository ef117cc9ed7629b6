def delay_change(first, second, tau, rate):
    first, second = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    x = np.subtract.outer(first, second).ravel() / tau
    pairs = len(x)
    return rate * pairs * np.mean(np.sign(x) * np.abs(x) * np.exp(-np.abs(x)))
