# slip: every pair, whatever was asked
import math


def coincidences(spikes, tau, every_pair=False):
    keep, v, total = math.exp(-1 / tau), [0.0] * len(spikes[0]), 0.0
    for row in spikes:
        v = [keep * one + s for one, s in zip(v, row)]
        for i in range(len(v)):
            for j in range(i + 1, len(v)):
                total += v[i] * v[j]
    return total
