# slip: limit first
def delay_kernel(delay, width, limit):
    k = np.arange(-limit, limit + 1)
    weights = np.exp(-((k - delay) ** 2) / (2 * width**2))
    return (weights / weights.sum())[::-1]
