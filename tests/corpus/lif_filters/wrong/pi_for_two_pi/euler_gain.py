# slip: pi instead of 2 pi
# named: half_a_cycle
def euler_gain(frequency, tau):
    return abs(1 / tau / (1 - (1 - 1 / tau) * np.exp(-1j * np.pi * frequency)))
