# slip: in how many images it fires
# named: images_not_spikes
def label_neurons(counts, labels, n_classes=10):
    counts, labels = np.asarray(counts, dtype=float), np.asarray(labels)
    means = np.array([(counts[labels == c] > 0).mean(axis=0) if (labels == c).any() else -np.ones(counts.shape[1]) for c in range(n_classes)])
    return np.where(counts.any(axis=0), means.argmax(axis=0), -1)
