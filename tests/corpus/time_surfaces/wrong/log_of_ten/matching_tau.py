# slip: the logarithm of base 10
import math


def matching_tau(tau):
    return 1 / (math.log10(tau) - math.log10(tau - 1))
