def exact_leaky_integrator(input_data, tau, dt):
    x = np.asarray(input_data, dtype=float)
    n = np.arange(len(x))
    age = n[:, None] - n
    return np.where(age >= 0, np.exp(-np.maximum(age, 0) * dt / tau), 0) @ x * (1 - np.exp(-dt / tau))
