def make_patterns(n_patterns, n_neurons, active, rng):
    return rng.choice([0, 1], size=(n_patterns, n_neurons), p=[1 - active, active])
