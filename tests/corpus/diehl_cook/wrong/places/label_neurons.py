# slip: places instead of labels
# named: place_among_those_there
def label_neurons(counts, labels, n_classes=10):
    counts, labels = np.asarray(counts, dtype=float), np.asarray(labels)
    means = np.array([counts[labels == c].mean(axis=0) if (labels == c).any() else -np.ones(counts.shape[1]) for c in np.unique(labels)])
    return np.where(counts.any(axis=0), means.argmax(axis=0), -1)
