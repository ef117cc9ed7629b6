import math
from itertools import accumulate, combinations


def coincidences(spikes, tau, every_pair=False):
    keep = math.exp(-1 / tau)
    traces = [list(accumulate(map(float, train), lambda v, s: keep * v + s)) for train in zip(*spikes, strict=True)]
    pairs = combinations(range(len(traces)), 2)
    return sum(a * b for i, j in pairs if every_pair or i == 0 for a, b in zip(traces[i], traces[j], strict=True))
