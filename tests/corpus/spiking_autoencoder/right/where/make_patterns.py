def make_patterns(n_patterns, n_neurons, active, rng):
    return np.where(rng.random((n_patterns, n_neurons)) >= 1 - active, 1.0, 0.0)
