def make_patterns(n_patterns, n_neurons, active, rng):
    patterns = np.zeros((n_patterns, n_neurons), dtype=np.int8)
    for pattern in patterns:
        pattern[rng.permutation(n_neurons)[: round(active * n_neurons)]] = 1
    return patterns
