# slip: the weight is not squared
# named: weight_not_squared
import math


def drive(rates, weights, tau):
    mean = variance = 0.0
    for rate, weight in zip(rates, weights):
        mean += rate / 1000 * weight * tau
        variance += rate / 1000 * abs(weight) * tau / 2
    return mean, math.sqrt(variance)
