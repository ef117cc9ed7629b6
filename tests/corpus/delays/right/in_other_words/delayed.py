import math


def delayed(spikes, delays):
    out = [[0.0 for _ in row] for row in spikes]
    for n, delay in enumerate(delays):
        whole = math.floor(delay)
        for t, row in enumerate(spikes):
            for later, share in ((whole, 1 - (delay - whole)), (whole + 1, delay - whole)):
                if 0 <= t + later < len(spikes):
                    out[t + later][n] += share * row[n]
    return out
