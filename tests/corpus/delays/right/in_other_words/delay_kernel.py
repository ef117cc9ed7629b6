import math


def delay_kernel(delay, width, limit):
    weights = [math.exp(-((k - delay) / width) ** 2 / 2) for k in range(-limit, limit + 1)]
    return [w / sum(weights) for w in weights]
