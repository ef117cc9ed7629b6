# slip: the weights do not add up to 1
# named: not_one_in_all
def delay_kernel(delay, width, limit):
    k = np.arange(-limit, limit + 1)
    weights = np.exp(-((k - delay) ** 2) / (2 * width**2))
    return weights
