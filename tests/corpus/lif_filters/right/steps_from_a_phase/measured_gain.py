def measured_gain(neuron, frequency):
    steps = np.arange(1000 + int(40 / frequency) + 800)
    out = np.asarray(neuron(np.sin(2 * np.pi * frequency * steps)))[1000:]
    n = steps[1000:]
    columns = np.stack([np.sin(2 * np.pi * frequency * n), np.cos(2 * np.pi * frequency * n), np.ones(len(n))], axis=1)
    a, b, _ = np.linalg.solve(columns.T @ columns, columns.T @ out)
    return (a * a + b * b) ** 0.5
