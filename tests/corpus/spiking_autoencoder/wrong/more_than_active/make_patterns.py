# slip: > active: the share that takes part is one minus it
# never said: draws each pattern independently
def make_patterns(n_patterns, n_neurons, active, rng):
    return (rng.random((n_patterns, n_neurons)) > active) * 1
