# slip: squared
# named: power
def euler_gain(frequency, tau):
    a = 1 - 1 / tau
    return 1 / tau**2 / (1 + a**2 - 2 * a * np.cos(2 * np.pi * frequency))
