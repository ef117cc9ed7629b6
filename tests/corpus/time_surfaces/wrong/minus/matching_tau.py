# slip: the sign is wrong
# named: negative
import math


def matching_tau(tau):
    return -1 / (math.log(tau) - math.log(tau - 1))
