def euler_gain(frequency, tau):
    return 1 / np.sqrt(1 + 4 * tau * (tau - 1) * np.sin(np.pi * frequency) ** 2)
