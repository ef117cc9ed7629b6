# slip: the share that takes part is 10 % high
# never said: draws each pattern independently
# chance: share 10 % high
def make_patterns(n_patterns, n_neurons, active, rng):
    return np.array(rng.random((n_patterns, n_neurons)) < 1.1 * active, dtype=int)
