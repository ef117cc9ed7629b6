def label_neurons(counts, labels, n_classes=10):
    found = []
    for j in range(len(counts[0])):
        best, most = -1, 0
        for c in range(n_classes):
            mine = [row[j] for row, label in zip(counts, labels, strict=True) if label == c]
            mean = sum(mine) / len(mine) if mine else 0
            if mean > most:
                best, most = c, mean
        found.append(best)
    return found
