def label_neurons(counts, labels, n_classes=10):
    counts = np.asarray(counts, dtype=np.float32)
    means = np.zeros((n_classes, counts.shape[1]), dtype=np.float32)
    np.add.at(means, labels, counts)
    means /= np.maximum(np.bincount(labels, minlength=n_classes), 1)[:, None]
    names = np.argmax(means, axis=0)
    names[~counts.any(axis=0)] = -1
    return names
