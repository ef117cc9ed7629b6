# slip: the chance is 1 - exp(-rate dt)
def poisson_fire(values, rng, max_rate=10.0, max_value=255.0, dt=0.001):
    values = np.asarray(values, dtype=float)
    p = 1 - np.exp(-values / max_value * max_rate * dt)
    return (rng.random(p.shape) < p) / dt
