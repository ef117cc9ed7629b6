# slip: from 0 instead of -limit
def delay_kernel(delay, width, limit):
    k = np.linspace(0, 2 * limit, 2 * limit + 1)
    w = np.exp(-0.5 * np.square((k - delay) / width))
    w /= np.sum(w)
    return w
