def poisson_fire(values, rng, max_rate=10.0, max_value=255.0, dt=0.001):
    drawn = rng.random(np.shape(values))
    drawn *= max_value
    drawn /= max_rate * dt
    spikes = np.zeros_like(drawn)
    spikes[drawn < values] = 1 / dt
    return spikes
