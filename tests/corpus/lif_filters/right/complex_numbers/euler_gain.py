def euler_gain(frequency, tau):
    z = np.exp(2j * np.pi * frequency)
    return np.abs(z / (tau * z - (tau - 1)))
