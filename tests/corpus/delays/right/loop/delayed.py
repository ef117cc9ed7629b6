import math


def delayed(spikes, delays):
    steps, trains = len(spikes), len(delays)
    moved = [[0.0] * trains for _ in range(steps)]
    for n in range(trains):
        whole = math.floor(delays[n])
        part = float(delays[n]) - whole
        for t in range(steps):
            for at, share in ((t - whole, 1 - part), (t - whole - 1, part)):
                if 0 <= at < steps:
                    moved[t][n] += share * float(spikes[at][n])
    return moved
