# slip: a row for each ear, time along it
def ear_probabilities(angle, phase, hertz, steps):
    x = 2 * np.pi * (hertz * np.arange(steps) / 1000 + phase)
    return 0.6 * ((1 + np.sin(np.array([x, x + np.deg2rad(angle)]))) / 2) ** 10
