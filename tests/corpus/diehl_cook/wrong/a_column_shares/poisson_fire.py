# slip: a number for each column, shared by all rows
# named: one_draw_for_all
def poisson_fire(values, rng, max_rate=10.0, max_value=255.0, dt=0.001):
    values = np.asarray(values, dtype=float)
    p = values / max_value * max_rate * dt
    return (rng.random(p.shape[-1]) < p) / dt
