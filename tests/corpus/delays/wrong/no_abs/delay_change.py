# slip: the absolute value is forgotten
import math


def delay_change(first, second, tau, rate):
    pairs = ((a - b) / tau for a in first for b in second)
    return rate * math.fsum(x * math.exp(-x) for x in pairs)
