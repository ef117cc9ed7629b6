# slip: 2 pi is missing in the sine
# named: radians
def measured_gain(neuron, frequency):
    wave = np.sin(frequency * np.arange(1500 + int(200 / frequency)))
    return np.std(np.asarray(neuron(wave))[1000:]) / np.std(wave[1000:])
