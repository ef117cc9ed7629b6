# slip: tau comes back
# named: the_same
import math


def matching_tau(tau):
    return tau
