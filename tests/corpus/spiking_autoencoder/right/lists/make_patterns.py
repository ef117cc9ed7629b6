def make_patterns(n_patterns, n_neurons, active, rng):
    return [[int(u < active) for u in rng.random(n_neurons)] for _ in range(n_patterns)]
