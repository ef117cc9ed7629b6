# slip: the real part
# named: real_part
def euler_gain(frequency, tau):
    z = np.exp(2j * np.pi * frequency)
    return (1 / tau / (z - 1 + 1 / tau)).real
