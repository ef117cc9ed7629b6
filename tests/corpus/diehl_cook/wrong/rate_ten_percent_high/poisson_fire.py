# slip: the rate is 10 % high
# never said: lets each pixel spike independently
# chance: rate 10 % high
def poisson_fire(values, rng, max_rate=10.0, max_value=255.0, dt=0.001):
    p = 1.1 * np.asarray(values) / max_value * max_rate * dt
    return np.where(rng.random(p.shape) < p, 1 / dt, 0.0)
