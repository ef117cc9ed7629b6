# slip: the width is taken for the variance
# named: width_as_variance
def delay_kernel(delay, width, limit):
    k = np.arange(-limit, limit + 1)
    weights = np.exp(-((k - delay) ** 2) / (2 * width))
    return weights / weights.sum()
