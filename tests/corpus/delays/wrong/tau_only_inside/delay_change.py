# slip: tau is left out before the exponential
# named: in_milliseconds
import math


def delay_change(first, second, tau, rate):
    pairs = ((a - b) / tau for a in first for b in second)
    return rate * math.fsum(x * tau * math.exp(-abs(x)) for x in pairs)
