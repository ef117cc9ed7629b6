# slip: sums instead of means
# named: sums
def label_neurons(counts, labels, n_classes=10):
    counts, labels = np.asarray(counts, dtype=float), np.asarray(labels)
    means = np.array([counts[labels == c].sum(axis=0) for c in range(n_classes)])
    return np.where(counts.any(axis=0), means.argmax(axis=0), -1)
