from itertools import accumulate


def all_but_own(spikes):
    spikes = [float(one) for one in spikes]
    left = [0, *accumulate(spikes)][:-1]
    right = [0, *accumulate(spikes[::-1])][:-1][::-1]
    return [a + b for a, b in zip(left, right)]
