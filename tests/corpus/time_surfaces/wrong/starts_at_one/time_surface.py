# slip: it begins at 1
def time_surface(spikes, tau):
    v, rows = [1.0] * len(spikes[0]), []
    for row in spikes:
        v = [one + (i - one) / tau for one, i in zip(v, row)]
        rows.append(v)
    return rows
