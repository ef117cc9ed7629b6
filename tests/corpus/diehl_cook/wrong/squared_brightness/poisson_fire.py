# slip: the chance grows with the square of the brightness
def poisson_fire(values, rng, max_rate=10.0, max_value=255.0, dt=0.001):
    values = np.asarray(values, dtype=float)
    p = (values / max_value) ** 2 * max_rate * dt
    return np.where(rng.random(p.shape) < p, 1 / dt, 0)
