# slip: the gain in continuous time
# named: continuous_time
def euler_gain(frequency, tau):
    return 1 / np.sqrt(1 + (2 * np.pi * frequency * tau) ** 2)
