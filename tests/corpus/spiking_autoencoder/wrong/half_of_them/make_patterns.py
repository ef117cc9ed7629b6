# slip: half of the neurons take part, whatever active is
def make_patterns(n_patterns, n_neurons, active, rng):
    return (rng.random((n_patterns, n_neurons)) < 0.5).astype(int)
