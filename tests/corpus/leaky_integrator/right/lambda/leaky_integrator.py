leaky_integrator = lambda x, tau: np.stack([
    (1 - 1 / tau) ** np.arange(n, -1, -1) @ np.asarray(x[: n + 1], float) / tau for n in range(len(x))])
