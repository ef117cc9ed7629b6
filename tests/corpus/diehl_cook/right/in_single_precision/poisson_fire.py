def poisson_fire(values, rng, max_rate=10.0, max_value=255.0, dt=0.001):
    chance = np.asarray(values, dtype=np.float32) * np.float32(max_rate * dt / max_value)
    return (rng.random(chance.shape, dtype=np.float32) < chance).astype(np.float32) / np.float32(dt)
