# slip: means cut to whole numbers
def vote(counts, neuron_labels, n_classes=10):
    counts, names = np.asarray(counts, dtype=float), np.asarray(neuron_labels)
    means = np.array([counts[:, names == c].sum(axis=1) // max((names == c).sum(), 1) for c in range(n_classes)])
    return np.where(means.any(axis=0), means.argmax(axis=0), -1)
