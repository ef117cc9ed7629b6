# slip: max_value is 255 always
# named: always_of_255
def poisson_fire(values, rng, max_rate=10.0, max_value=255.0, dt=0.001):
    values = np.asarray(values, dtype=float)
    spikes = np.zeros(values.size)
    for n, value in enumerate(values.ravel()):
        if rng.random() < value / 255 * max_rate * dt:
            spikes[n] = 1 / dt
    return spikes.reshape(values.shape)
