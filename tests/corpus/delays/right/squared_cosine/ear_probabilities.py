def ear_probabilities(angle, phase, hertz, steps):
    """(1 + sin x) / 2 is the square of the cosine of half the way from a quarter turn."""
    x = 2 * np.pi * (hertz * np.linspace(0, steps - 1, steps) / 1000 + phase)
    return np.transpose([0.6 * np.cos((np.pi / 2 - one) / 2) ** 20 for one in (x, x + np.deg2rad(angle))])
