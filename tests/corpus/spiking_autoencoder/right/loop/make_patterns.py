def make_patterns(n_patterns, n_neurons, active, rng):
    return [[int(rng.random() < active) for _ in range(n_neurons)] for _ in range(n_patterns)]
