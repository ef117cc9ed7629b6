# slip: tau + 1 for tau - 1
import math


def matching_tau(tau):
    return 1 / (math.log(tau) - math.log(tau + 1))
