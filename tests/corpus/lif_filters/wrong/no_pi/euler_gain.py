# slip: frequency for angle
# named: radians
def euler_gain(frequency, tau):
    keep = 1 - 1 / tau
    return (1 / tau) / math.sqrt(1 + keep**2 - 2 * keep * math.cos(frequency))
