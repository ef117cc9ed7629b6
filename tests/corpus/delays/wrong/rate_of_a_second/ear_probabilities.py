# slip: 600 Hz for the height
# named: hertz_for_the_step
def ear_probabilities(angle, phase, hertz, steps):
    x = 2 * np.pi * (hertz * np.arange(steps) / 1000 + phase)
    return 600 * ((1 + np.sin(np.stack([x, x + np.deg2rad(angle)], axis=1))) / 2) ** 10
