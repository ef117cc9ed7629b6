# slip: the last of equals
def vote(counts, neuron_labels, n_classes=10):
    said = []
    for row in counts:
        best, name = 0, -1
        for c in range(n_classes):
            mine = [n for n, label in zip(row, neuron_labels) if label == c]
            if mine and sum(mine) / len(mine) >= max(best, 1e-9):
                best, name = sum(mine) / len(mine), c
        said.append(name)
    return said
