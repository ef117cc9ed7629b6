# slip: np.linspace with its end: the steps are a little longer than 1 ms
def ear_probabilities(angle, phase, hertz, steps):
    x = 2 * np.pi * (hertz * np.linspace(0, steps / 1000, steps) + phase)
    return 0.6 * ((1 + np.sin(np.stack([x, x + np.deg2rad(angle)], axis=1))) / 2) ** 10
