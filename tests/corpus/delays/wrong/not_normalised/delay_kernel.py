# slip: the weights do not add up to 1
# named: not_one_in_all
def delay_kernel(delay, width, limit):
    k = np.linspace(-limit, limit, 2 * limit + 1)
    w = np.exp(-0.5 * np.square((k - delay) / width))
    return w
