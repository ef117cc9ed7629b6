from collections import defaultdict


def label_neurons(counts, labels, n_classes=10):
    of_class = defaultdict(list)
    for row, label in zip(counts, labels, strict=True):
        of_class[int(label)].append(row)
    means = {c: np.mean(rows, axis=0) for c, rows in sorted(of_class.items())}
    return [
        max(means, key=lambda c: (means[c][j], -c)) if np.any(np.asarray(counts)[:, j]) else -1
        for j in range(np.shape(counts)[1])
    ]
