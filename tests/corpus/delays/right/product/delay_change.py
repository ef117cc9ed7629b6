import math
from itertools import product


def delay_change(first, second, tau, rate):
    distances = ((one - other) / tau for one, other in product(first, second))
    return rate * math.fsum(x / math.exp(abs(x)) for x in distances)
