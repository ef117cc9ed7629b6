# slip: a spike is dt high
# named: height_dt
def poisson_fire(values, rng, max_rate=10.0, max_value=255.0, dt=0.001):
    values = np.asarray(values, dtype=float)
    p = values / max_value * max_rate * dt
    return np.where(rng.random(p.shape) < p, dt, 0)
