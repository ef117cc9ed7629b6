# slip: multiplied by tau
# named: in_milliseconds
def delay_change(first, second, tau, rate):
    first, second = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    x = (np.subtract.outer(first, second)) / tau
    return tau * rate * (x * np.exp(-abs(x))).sum()
