# slip: 0 for silent neurons
# named: silent_is_zero
def label_neurons(counts, labels, n_classes=10):
    counts, labels = np.asarray(counts, dtype=float), np.asarray(labels)
    means = np.array([counts[labels == c].mean(axis=0) if (labels == c).any() else -np.ones(counts.shape[1]) for c in range(n_classes)])
    return means.argmax(axis=0)
