# slip: the sine is brought to 0 to 1 only after the tenth power
def ear_probabilities(angle, phase, hertz, steps):
    x = 2 * np.pi * (hertz * np.arange(steps) / 1000 + phase)
    both = np.stack([x, x + np.deg2rad(angle)], axis=1)
    return 0.6 * (1 + np.sin(both) ** 10) / 2
