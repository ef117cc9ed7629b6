# slip: the n-th with the n-th
import math


def delay_change(first, second, tau, rate):
    pairs = ((a - b) / tau for a, b in zip(first, second))
    return rate * math.fsum(x * math.exp(-abs(x)) for x in pairs)
