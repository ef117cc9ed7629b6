def poisson_fire(values, rng, max_rate=10.0, max_value=255.0, dt=0.001):
    return rng.binomial(1, np.asarray(values, dtype=float) * (max_rate * dt / max_value)) / dt
