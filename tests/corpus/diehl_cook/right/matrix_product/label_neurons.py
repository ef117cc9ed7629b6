def label_neurons(counts, labels, n_classes=10):
    counts, labels = np.asarray(counts, dtype=float), np.asarray(labels, dtype=int)
    members = np.eye(n_classes)[labels]
    shown = np.maximum(members.sum(axis=0), 1)
    means = (members.T @ counts) / shown[:, None]
    return np.where(counts.sum(axis=0) == 0, -1, np.argmax(means.round(9), axis=0))
