def poisson_fire(values, rng, max_rate=10.0, max_value=255.0, dt=0.001):
    pixel = np.vectorize(lambda value: rng.choice([1 / dt, 0.0], p=[q := value / max_value * max_rate * dt, 1 - q]))
    return pixel(np.asarray(values, dtype=float))
