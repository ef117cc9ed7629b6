# slip: the gain in continuous time
# named: continuous_time
def euler_gain(frequency, tau):
    keep = 1 - 1 / tau
    return 1 / math.sqrt(1 + (2 * math.pi * frequency * tau) ** 2)
