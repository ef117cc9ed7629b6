# slip: every pattern is the same
def make_patterns(n_patterns, n_neurons, active, rng):
    patterns = np.zeros((n_patterns, n_neurons), dtype=np.int8)
    patterns[:, rng.random(n_neurons) < active] = 1
    return patterns
