# slip: the largest weight is 1
def delay_kernel(delay, width, limit):
    k = np.linspace(-limit, limit, 2 * limit + 1)
    w = np.exp(-0.5 * np.square((k - delay) / width))
    w /= np.max(w)
    return w
