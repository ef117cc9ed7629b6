# slip: the loudest of a class
# named: loudest_of_a_class
def vote(counts, neuron_labels, n_classes=10):
    counts, names = np.asarray(counts, dtype=float), np.asarray(neuron_labels)
    means = np.array([counts[:, names == c].max(axis=1) if (names == c).any() else 0 * counts[:, 0] for c in range(n_classes)])
    return np.where(means.any(axis=0), means.argmax(axis=0), -1)
