def poisson_fire(values, rng, max_rate=10, max_value=255, dt=0.001):
    values = np.asarray(values)
    return np.where(np.random.uniform(size=values.shape) * max_value < values * max_rate * dt, 1 / dt, 0)
