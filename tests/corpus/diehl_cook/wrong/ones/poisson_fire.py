# slip: 1 instead of 1/dt
def poisson_fire(values, rng, max_rate=10.0, max_value=255.0, dt=0.001):
    values = np.asarray(values, dtype=float)
    spikes = np.zeros(values.size)
    for n, value in enumerate(values.ravel()):
        if rng.random() < value / max_value * max_rate * dt:
            spikes[n] = 1.0
    return spikes.reshape(values.shape)
