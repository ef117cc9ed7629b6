from itertools import accumulate


def time_surface(spikes, tau):
    rows = [np.asarray(row, dtype=float) for row in spikes]
    return list(accumulate(rows, lambda v, i: v + (i - v) / tau, initial=0 * rows[0]))[1:]
