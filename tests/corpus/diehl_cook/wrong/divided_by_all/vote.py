# slip: the counts of a class are divided by the number of all neurons
# never said: are added up
def vote(counts, neuron_labels, n_classes=10):
    counts, neuron_labels = np.asarray(counts, dtype=float), np.asarray(neuron_labels)
    means = np.array([counts[:, neuron_labels == c].sum(axis=1) / counts.shape[1] for c in range(n_classes)])
    return np.where(means.any(axis=0), means.argmax(axis=0), -1)
