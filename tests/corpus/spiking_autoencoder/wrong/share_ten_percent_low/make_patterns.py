# slip: the share that takes part is 10 % low
# never said: draws each pattern independently
# chance: share 10 % low
def make_patterns(n_patterns, n_neurons, active, rng):
    return np.array(rng.random((n_patterns, n_neurons)) < 0.9 * active, dtype=int)
