# slip: the rate is not divided by 1000
# named: thousandfold
import math


def drive(rates, weights, tau):
    mean = variance = 0.0
    for rate, weight in zip(rates, weights):
        mean += rate * weight * tau
        variance += rate * weight**2 * tau / 2
    return mean, math.sqrt(variance)
