# slip: the highest of equal classes
# not named:
def vote(counts, neuron_labels, n_classes=10):
    counts, names = np.asarray(counts, dtype=float), np.asarray(neuron_labels)
    means = np.array([counts[:, names == c].mean(axis=1) if (names == c).any() else 0 * counts[:, 0] for c in range(n_classes)])
    return np.where(means.any(axis=0), n_classes - 1 - means[::-1].argmax(axis=0), -1)
