# slip: the offset is in it
def measured_gain(neuron, frequency):
    n = np.arange(1000 + int(np.ceil(50 / frequency)))
    response = np.asarray(neuron(np.sin(2 * np.pi * frequency * n)), dtype=float)[1000:]
    n = n[1000:]
    waves = np.stack([np.sin(2 * np.pi * frequency * n), np.cos(2 * np.pi * frequency * n), np.ones(len(n))], axis=1)
    a, b, c = np.linalg.lstsq(waves, response, rcond=None)[0]
    return float(np.hypot(a, b) + c)
