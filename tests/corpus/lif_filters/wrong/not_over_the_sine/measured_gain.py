# slip: the standard deviation of the response alone
# named: deviation_alone
def measured_gain(neuron, frequency):
    n = np.arange(1500 + int(20 / frequency))
    return np.std(np.asarray(neuron(np.sin(2 * np.pi * frequency * n)))[1000:])
