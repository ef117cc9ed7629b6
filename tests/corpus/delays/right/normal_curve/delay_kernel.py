from scipy.stats import norm


def delay_kernel(delay, width, limit):
    weights = norm.pdf(range(-limit, limit + 1), loc=delay, scale=width)
    return weights / weights.sum()
