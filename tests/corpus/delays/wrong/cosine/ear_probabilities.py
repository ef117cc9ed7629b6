# slip: a cosine
def ear_probabilities(angle, phase, hertz, steps):
    x = 2 * np.pi * (hertz * np.arange(steps) / 1000 + phase)
    return 0.6 * ((1 + np.cos(np.stack([x, x + np.deg2rad(angle)], axis=1))) / 2) ** 10
