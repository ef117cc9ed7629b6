# slip: the sums are divided by the gain
# named: divided_by_the_gain
import math


def cross_entropy(sums, labels, gain):
    total = 0.0
    for row, label in zip(sums, labels):
        top = max(s / gain for s in row)
        total += top + math.log(sum(math.exp(s / gain - top) for s in row)) - 1 / gain * row[label]
    return total / len(labels)
