# slip: the absolute angle: whichever ear is ahead
def ear_probabilities(angle, phase, hertz, steps):
    x = 2 * np.pi * (hertz * np.arange(steps) / 1000 + phase)
    return 0.6 * ((1 + np.sin(np.stack([x, x + np.deg2rad(abs(angle))], axis=1))) / 2) ** 10
