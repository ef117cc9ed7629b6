def vote(counts, neuron_labels, n_classes=10):
    hot = np.equal.outer(np.asarray(neuron_labels), np.arange(n_classes)).astype(np.float32)
    mean = np.asarray(counts, dtype=np.float32) @ hot / np.maximum(hot.sum(axis=0), 1)
    return np.where(mean.max(axis=1) > 0, mean.argmax(axis=1), -1)
