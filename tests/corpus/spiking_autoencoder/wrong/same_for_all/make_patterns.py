# slip: one pattern is drawn and repeated
def make_patterns(n_patterns, n_neurons, active, rng):
    return np.array([(rng.random(n_neurons) < active).astype(int)] * n_patterns)
