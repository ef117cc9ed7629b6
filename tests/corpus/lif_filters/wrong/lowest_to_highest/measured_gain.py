# slip: from the lowest to the highest
# named: peak_to_peak
def measured_gain(neuron, frequency):
    n = np.arange(11000 + int(20 / frequency))
    return np.ptp(np.asarray(neuron(np.sin(2 * np.pi * frequency * n)))[1000:])
