from scipy.stats import norm


def delay_kernel(delay, width, limit):
    density = norm(delay, width).pdf(np.arange(-limit, limit + 1))
    return density / np.sum(density)
