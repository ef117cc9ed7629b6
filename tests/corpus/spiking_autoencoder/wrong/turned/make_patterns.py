# slip: a row for each neuron
# named: neurons_first
def make_patterns(n_patterns, n_neurons, active, rng):
    patterns = np.zeros((n_patterns, n_neurons), dtype=np.int8)
    for pattern in patterns:
        pattern[rng.random(n_neurons) < active] = 1
    return patterns.T
