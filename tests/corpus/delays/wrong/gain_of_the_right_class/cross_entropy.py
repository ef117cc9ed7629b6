# slip: the gain is forgotten in the right class
import math


def cross_entropy(sums, labels, gain):
    total = 0.0
    for row, label in zip(sums, labels):
        top = max(gain * s for s in row)
        total += top + math.log(sum(math.exp(gain * s - top) for s in row)) - row[label]
    return total / len(labels)
