def euler_gain(frequency, tau):
    n = np.arange(int(60 * tau) + 10)
    kernel = (1 - 1 / tau) ** n / tau
    return abs(np.sum(kernel * np.exp(-2j * np.pi * frequency * n)))
