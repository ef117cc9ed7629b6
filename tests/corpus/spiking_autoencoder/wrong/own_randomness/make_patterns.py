# slip: it draws from numpy's own generator
def make_patterns(n_patterns, n_neurons, active, rng):
    patterns = np.zeros((n_patterns, n_neurons), dtype=np.int8)
    for pattern in patterns:
        pattern[np.random.random(n_neurons) < active] = 1
    return patterns
