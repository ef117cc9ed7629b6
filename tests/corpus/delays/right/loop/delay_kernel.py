import math


def delay_kernel(delay, width, limit):
    weights = [math.exp(-((k - delay) ** 2) / (2 * width**2)) for k in range(-limit, limit + 1)]
    return [weight / sum(weights) for weight in weights]
