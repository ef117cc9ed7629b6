def measured_gain(neuron, frequency):
    n = np.arange(1000 + 2000 + int(30 / frequency))
    wave = np.sin(2 * np.pi * frequency * n).astype(np.float32)
    out = [float(v) for v in neuron(wave)][1000:]
    mean = sum(out) / len(out)
    power = sum((v - mean) ** 2 for v in out) / len(out)
    return (2 * power) ** 0.5
