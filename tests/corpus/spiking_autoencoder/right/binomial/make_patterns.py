def make_patterns(n_patterns, n_neurons, active, rng):
    return rng.binomial(1, active, size=(n_patterns, n_neurons))
