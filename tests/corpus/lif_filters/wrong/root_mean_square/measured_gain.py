# slip: the mean is not taken away before squaring
# named: offset_in_the_mean
def measured_gain(neuron, frequency):
    n = np.arange(1500 + int(20 / frequency))
    out = np.asarray(neuron(np.sin(2 * np.pi * frequency * n)))[1000:]
    return np.sqrt(2 * np.mean(out**2))
