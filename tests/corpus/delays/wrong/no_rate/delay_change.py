# slip: rate forgotten
# named: rate_forgotten
def delay_change(first, second, tau, rate):
    first, second = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    x = (np.subtract.outer(first, second)) / tau
    return (x * np.exp(-abs(x))).sum()
