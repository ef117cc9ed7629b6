# slip: one number for all pixels
# named: one_draw_for_all
def poisson_fire(values, rng, max_rate=10.0, max_value=255.0, dt=0.001):
    values = np.asarray(values, dtype=float)
    spikes = np.zeros(values.size)
    u = rng.random()
    for n, value in enumerate(values.ravel()):
        if u < value / max_value * max_rate * dt:
            spikes[n] = 1 / dt
    return spikes.reshape(values.shape)
