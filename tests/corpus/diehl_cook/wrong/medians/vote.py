# slip: medians
def vote(counts, neuron_labels, n_classes=10):
    counts, names = np.asarray(counts, dtype=float), np.asarray(neuron_labels)
    means = np.array([np.median(counts[:, names == c], axis=1) if (names == c).any() else 0 * counts[:, 0] for c in range(n_classes)])
    return np.where(means.any(axis=0), means.argmax(axis=0), -1)
