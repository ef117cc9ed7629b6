def delay_change(first, second, tau, rate):
    x = np.subtract.outer(np.asarray(first), np.asarray(second)) / tau
    return rate * np.sum(x / np.exp(np.abs(x)))
