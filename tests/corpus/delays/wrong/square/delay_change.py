# slip: x squared in the exponent
def delay_change(first, second, tau, rate):
    first, second = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    x = (np.subtract.outer(first, second)) / tau
    return rate * (x * np.exp(-(x**2))).sum()
