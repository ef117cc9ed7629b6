def nearest_centroid(train, labels, test):
    sums, counts = {}, {}
    for row, label in zip(train, labels):
        label = int(label)
        sums[label] = [a + b for a, b in zip(sums.get(label, [0.0] * len(row)), row)]
        counts[label] = counts.get(label, 0) + 1
    means = {c: [a / counts[c] for a in row] for c, row in sums.items()}
    return [min(means, key=lambda c: sum((a - b) ** 2 for a, b in zip(means[c], row))) for row in test]
