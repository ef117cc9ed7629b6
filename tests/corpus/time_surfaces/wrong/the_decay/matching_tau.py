# slip: the decay itself comes back
# named: upside_down
import math


def matching_tau(tau):
    return math.log(tau) - math.log(tau - 1)
