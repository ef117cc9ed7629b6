# slip: the gain in continuous time, and 2 pi is missing
# named: continuous_in_radians
def euler_gain(frequency, tau):
    return 1 / np.sqrt(1 + (frequency * tau) ** 2)
