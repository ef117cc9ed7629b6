# slip: dt is taken times 1000
# never said: A rate is used as a probability
def poisson_fire(values, rng, max_rate=10.0, max_value=255.0, dt=0.001):
    p = np.asarray(values) / max_value * max_rate * (dt * 1000)
    return (rng.random(p.shape) < p) / dt
