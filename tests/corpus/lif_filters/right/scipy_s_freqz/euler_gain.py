from scipy.signal import freqz


def euler_gain(frequency, tau):
    return float(abs(freqz([1 / tau], [1, 1 / tau - 1], worN=[2 * np.pi * frequency])[1][0]))
