# slip: the class of the largest single count
# named: strongest_image
def label_neurons(counts, labels, n_classes=10):
    labels = list(labels)
    named = []
    for j in range(len(counts[0])):
        best, name = 0, -1
        for c in range(n_classes):
            mine = [row[j] for row, label in zip(counts, labels) if label == c]
            if mine and max(mine) > best:
                best, name = max(mine), c
        named.append(name)
    return named
