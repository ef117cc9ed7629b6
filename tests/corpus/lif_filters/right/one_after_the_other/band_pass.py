def band_pass(signal, low, high):
    _, smooth = leaky_integrate_and_fire(signal, 1 / (2 * np.pi * high), np.inf)
    _, drift = leaky_integrate_and_fire(smooth, 1 / (2 * np.pi * low), np.inf)
    return smooth - drift
