# slip: decibels
# named: decibels
def measured_gain(neuron, frequency):
    wave = np.sin(2 * np.pi * frequency * np.arange(1500 + int(20 / frequency)))
    return 20 * np.log10(np.std(np.asarray(neuron(wave))[1000:]) / np.std(wave[1000:]))
