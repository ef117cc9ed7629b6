# slip: the variance comes back
# named: variance
import math


def drive(rates, weights, tau):
    mean = variance = 0.0
    for rate, weight in zip(rates, weights):
        mean += rate / 1000 * weight * tau
        variance += rate / 1000 * weight**2 * tau / 2
    return mean, variance
