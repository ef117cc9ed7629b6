def leaky_integrator(input_data, tau):
    x = np.asarray(input_data, dtype=float)
    n = np.arange(len(x))
    age = n[:, None] - n
    return np.where(age >= 0, (1 - 1 / tau) ** np.maximum(age, 0.0) / tau, 0) @ x
