# slip: no square
# named: not_squared
def delay_kernel(delay, width, limit):
    k = np.arange(-limit, limit + 1)
    weights = np.exp(-abs(k - delay) / (2 * width**2))
    return weights / weights.sum()
