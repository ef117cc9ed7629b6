def vote(counts, neuron_labels, n_classes=10):
    counts, labels = np.asarray(counts, dtype=float), np.asarray(neuron_labels)
    means = np.full((len(counts), n_classes), -1.0)
    for c in set(labels[labels >= 0].tolist()):
        means[:, c] = counts[:, labels == c].sum(axis=1) / (labels == c).sum()
    answer = np.argmax(means, axis=1)
    answer[means.max(axis=1) <= 0] = -1
    return answer.tolist()
