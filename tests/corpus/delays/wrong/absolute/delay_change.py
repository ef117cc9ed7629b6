# slip: only adds
# named: only_ever_adds
def delay_change(first, second, tau, rate):
    first, second = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    x = (np.subtract.outer(first, second)) / tau
    return rate * abs(x * np.exp(-abs(x))).sum()
