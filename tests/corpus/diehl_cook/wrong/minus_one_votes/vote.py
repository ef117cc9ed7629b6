# slip: no label is a class
def vote(counts, neuron_labels, n_classes=10):
    said = []
    for row in counts:
        best, name = 0, -1
        for c in range(-1, n_classes):
            mine = [n for n, label in zip(row, neuron_labels) if label == c]
            if mine and sum(mine) / len(mine) > best:
                best, name = sum(mine) / len(mine), c
        said.append(name)
    return said
