# slip: the first 1000 steps are measured too
# named: start_included
def measured_gain(neuron, frequency):
    wave = np.sin(2 * np.pi * frequency * np.arange(500 + int(20 / frequency)))
    return np.std(neuron(wave)) / np.std(wave)
