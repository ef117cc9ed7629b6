# slip: the mean over pairs
# named: mean_of_the_pairs
import math


def delay_change(first, second, tau, rate):
    pairs = ((a - b) / tau for a in first for b in second)
    pairs = list(pairs)
    return rate * math.fsum(x * math.exp(-abs(x)) for x in pairs) / len(pairs)
