# slip: in bits
# named: in_bits
import math


def cross_entropy(sums, labels, gain):
    total = 0.0
    for row, label in zip(sums, labels):
        top = max(gain * s for s in row)
        total += top + math.log(sum(math.exp(gain * s - top) for s in row)) - gain * row[label]
    return total / len(labels) / math.log(2)
