# slip: the counts of a class are divided by the number of all images
# never said: are added up
def label_neurons(counts, labels, n_classes=10):
    counts, labels = np.asarray(counts, dtype=float), np.asarray(labels)
    means = np.array([counts[labels == c].sum(axis=0) / len(labels) for c in range(n_classes)])
    return np.where(means.any(axis=0), means.argmax(axis=0), -1)
