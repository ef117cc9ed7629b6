# slip: the sign is wrong
# named: the_other_way
import math


def delay_change(first, second, tau, rate):
    pairs = ((b - a) / tau for a in first for b in second)
    return rate * math.fsum(x * math.exp(-abs(x)) for x in pairs)
