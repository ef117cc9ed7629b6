def band_pass(signal, low, high):
    n = np.arange(len(signal))
    kernels = [(1 - 2 * np.pi * f) ** n * 2 * np.pi * f for f in (high, low)]
    return np.convolve(signal, kernels[0] - kernels[1])[: len(signal)]
