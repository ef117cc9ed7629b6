def measured_gain(neuron, frequency):
    n = np.arange(1000 + int(round(np.ceil(600 * frequency) / frequency)) * 2)
    wave = np.sin(2 * np.pi * frequency * n)
    window = np.hanning(len(n) - 1000)
    turn = np.exp(-2j * np.pi * frequency * n[1000:])
    response = np.asarray(neuron(wave))[1000:]
    response = response - response.mean()
    return abs(np.sum(response * turn * window) / np.sum(wave[1000:] * turn * window))
