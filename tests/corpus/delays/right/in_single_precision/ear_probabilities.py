def ear_probabilities(angle, phase, hertz, steps):
    cycles = (hertz * np.arange(steps) / 1000 + phase)[:, None] + np.array([0, angle / 360])
    return (0.6 * (0.5 + 0.5 * np.sin(2 * np.pi * cycles)) ** 10).astype(np.float32)
