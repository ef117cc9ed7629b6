# slip: 1/tau is left out
def euler_gain(frequency, tau):
    keep = 1 - 1 / tau
    return 1 / math.sqrt(1 + keep**2 - 2 * keep * math.cos(2 * math.pi * frequency))
