# slip: the neuron that fires most decides
# named: loudest_of_a_class
def vote(counts, neuron_labels, n_classes=10):
    said = []
    for row in counts:
        best, name = 0, -1
        for c in range(n_classes):
            mine = [n for n, label in zip(row, neuron_labels) if label == c]
            if mine and max(mine) > best:
                best, name = max(mine), c
        said.append(name)
    return said
