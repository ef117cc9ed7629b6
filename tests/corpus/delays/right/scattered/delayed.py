import math


def delayed(spikes, delays):
    """Each spike is sent on, rather than each step looked up."""
    spikes = np.asarray(spikes, dtype=float)
    moved = np.zeros_like(spikes)
    for t, n in zip(*np.nonzero(spikes), strict=True):
        lands = t + delays[n]
        for at in (math.floor(lands), math.floor(lands) + 1):
            share = 1 - abs(lands - at)
            if share > 0 and 0 <= at < len(spikes):
                moved[at, n] += share * spikes[t, n]
    return moved
