def poisson_fire(values, rng, max_rate=10.0, max_value=255.0, dt=0.001):
    values = np.asarray(values, dtype=float)

    def spikes():
        for value in values.flat:
            yield 1 / dt if rng.uniform(0, max_value) < value * max_rate * dt else 0.0

    return np.fromiter(spikes(), dtype=float, count=values.size).reshape(values.shape)
