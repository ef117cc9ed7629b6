import math


def delay_change(first, second, tau, rate):
    change = 0
    for one in first:
        for other in second:
            change += rate * (one - other) / tau * math.exp(-abs(one - other) / tau)
    return change
