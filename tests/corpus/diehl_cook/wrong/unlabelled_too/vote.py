# slip: -1 is a class too: the last
def vote(counts, neuron_labels, n_classes=10):
    counts, names = np.asarray(counts, dtype=float), np.asarray(neuron_labels)
    means = np.array([counts[:, names == c - 1].mean(axis=1) if (names == c - 1).any() else 0 * counts[:, 0] for c in range(n_classes + 1)])
    return means.argmax(axis=0) - 1
