# slip: 0 where nobody fired
def vote(counts, neuron_labels, n_classes=10):
    said = []
    for row in counts:
        best, name = 0, 0
        for c in range(n_classes):
            mine = [n for n, label in zip(row, neuron_labels) if label == c]
            if mine and sum(mine) / len(mine) > best:
                best, name = sum(mine) / len(mine), c
        said.append(name)
    return said
