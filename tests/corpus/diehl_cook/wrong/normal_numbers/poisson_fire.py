# slip: normal numbers instead of numbers between 0 and 1
def poisson_fire(values, rng, max_rate=10.0, max_value=255.0, dt=0.001):
    values = np.asarray(values, dtype=float)
    p = values / max_value * max_rate * dt
    return np.where(rng.standard_normal(p.shape) < p, 1 / dt, 0)
