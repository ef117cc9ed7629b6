import math


def delay_change(first, second, tau, rate):
    change = 0.0
    for one in first:
        for other in second:
            x = (one - other) / tau
            change += rate * x * math.exp(-abs(x))
    return change
