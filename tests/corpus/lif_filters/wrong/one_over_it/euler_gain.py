# slip: upside down
# named: upside_down
def euler_gain(frequency, tau):
    return tau * abs(np.exp(2j * np.pi * frequency) - 1 + 1 / tau)
