def ear_probabilities(angle, phase, hertz, steps):
    cycles = hertz * np.arange(steps)[:, None] / 1000 + phase + np.array([0, angle]) / 360
    return 0.6 * ((1 + np.sin(2 * np.pi * cycles)) / 2) ** 10
