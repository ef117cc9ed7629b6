# slip: from the first step on
def measured_gain(neuron, frequency):
    n = np.arange(1000 + int(np.ceil(50 / frequency)))
    response = np.asarray(neuron(np.sin(2 * np.pi * frequency * n)), dtype=float)[0:]
    n = n[0:]
    waves = np.stack([np.sin(2 * np.pi * frequency * n), np.cos(2 * np.pi * frequency * n), np.ones(len(n))], axis=1)
    a, b, _ = np.linalg.lstsq(waves, response, rcond=None)[0]
    return float(np.hypot(a, b))
