# slip: 180 degrees are taken for a whole cycle
def ear_probabilities(angle, phase, hertz, steps):
    cycles = hertz * np.arange(steps) / 1000 + phase
    x = 2 * np.pi * np.stack([cycles, cycles + angle / 180], axis=1)
    return 0.6 * ((1 + np.sin(x)) / 2) ** 10
