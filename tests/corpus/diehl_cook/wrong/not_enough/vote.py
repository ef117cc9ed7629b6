# slip: -1 where fewer than two spikes came
def vote(counts, neuron_labels, n_classes=10):
    counts, names = np.asarray(counts, dtype=float), np.asarray(neuron_labels)
    means = np.array([counts[:, names == c].mean(axis=1) if (names == c).any() else 0 * counts[:, 0] for c in range(n_classes)])
    return np.where(counts[:, names >= 0].sum(axis=1) > 1, means.argmax(axis=0), -1)
