def vote(counts, neuron_labels, n_classes=10):
    given = []
    for row in counts:
        best, most = -1, 0.0
        for c in range(n_classes):
            mine = [count for count, label in zip(row, neuron_labels, strict=True) if label == c]
            if mine and sum(mine) / len(mine) > most:
                best, most = c, sum(mine) / len(mine)
        given.append(best)
    return given
