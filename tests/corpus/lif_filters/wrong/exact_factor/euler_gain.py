# slip: exp(-1/tau) is kept
# named: exact_decay
def euler_gain(frequency, tau):
    a = np.exp(-1 / tau)
    return (1 - a) / abs(1 - a * np.exp(2j * np.pi * frequency))
