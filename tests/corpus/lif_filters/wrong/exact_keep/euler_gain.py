# slip: the exact decay
def euler_gain(frequency, tau):
    keep = math.exp(-1 / tau)
    return (1 / tau) / math.sqrt(1 + keep**2 - 2 * keep * math.cos(2 * math.pi * frequency))
