# slip: a generator of its own with a fixed seed: the same pixels spike in each step
def poisson_fire(values, rng, max_rate=10.0, max_value=255.0, dt=0.001):
    values = np.asarray(values, dtype=float)
    p = values / max_value * max_rate * dt
    return (np.random.default_rng(1).random(p.shape) < p) / dt
