# slip: second minus first
# named: the_other_way
def delay_change(first, second, tau, rate):
    first, second = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    x = -(np.subtract.outer(first, second)) / tau
    return rate * (x * np.exp(-abs(x))).sum()
