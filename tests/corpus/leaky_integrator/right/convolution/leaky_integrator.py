def leaky_integrator(input_data, tau):
    x = np.asarray(input_data, dtype=float)
    kernel = (1 - 1 / tau) ** np.arange(len(x)) / tau
    if x.ndim == 1:
        return np.convolve(x, kernel)[: len(x)]
    return np.stack([np.convolve(x[:, n], kernel)[: len(x)] for n in range(x.shape[1])], axis=1)
