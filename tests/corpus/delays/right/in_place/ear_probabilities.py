def ear_probabilities(angle, phase, hertz, steps):
    p = np.empty((steps, 2))
    p[:, 0] = 2 * np.pi * (hertz * np.arange(steps) * 1e-3 + phase)
    p[:, 1] = p[:, 0] + angle * np.pi / 180
    np.sin(p, out=p)
    p += 1
    p /= 2
    p **= 10
    p *= 0.6
    return p
