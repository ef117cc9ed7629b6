def measured_gain(neuron, frequency):
    n = np.arange(1000 + max(20000, int(np.ceil(3 / frequency))))
    out = np.asarray(neuron(np.sin(2 * np.pi * frequency * n)))[1000:]
    return (max(out) - min(out)) / 2
