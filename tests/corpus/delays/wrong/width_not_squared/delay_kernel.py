# slip: the width is not halved
# named: two_forgotten
def delay_kernel(delay, width, limit):
    k = np.linspace(-limit, limit, 2 * limit + 1)
    w = np.exp(-np.square((k - delay) / width))
    w /= np.sum(w)
    return w
