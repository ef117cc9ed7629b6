def delay_change(first, second, tau, rate):
    one, other = np.meshgrid(np.asarray(first, dtype=float), np.asarray(second, dtype=float))
    x = (one - other) / tau
    return rate * np.sum(np.where(x > 0, x * np.exp(-x), x * np.exp(x)))
