def euler_gain(frequency, tau):
    keep, angle = 1 - 1 / tau, 2 * np.pi * frequency
    down = np.array([1 - keep * np.cos(angle), keep * np.sin(angle)], dtype=np.float64)
    return 1 / tau / np.linalg.norm(down)
