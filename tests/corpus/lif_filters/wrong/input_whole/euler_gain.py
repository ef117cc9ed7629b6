# slip: 1/tau is missing above
# named: input_unscaled
def euler_gain(frequency, tau):
    return abs(1 / (np.exp(2j * np.pi * frequency) - 1 + 1 / tau))
