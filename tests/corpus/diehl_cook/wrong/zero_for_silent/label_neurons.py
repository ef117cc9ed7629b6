# slip: 0 for a silent neuron
# named: silent_is_zero
def label_neurons(counts, labels, n_classes=10):
    labels = list(labels)
    named = []
    for j in range(len(counts[0])):
        best, name = 0, 0
        for c in range(n_classes):
            mine = [row[j] for row, label in zip(counts, labels) if label == c]
            if mine and sum(mine) / len(mine) > best:
                best, name = sum(mine) / len(mine), c
        named.append(name)
    return named
