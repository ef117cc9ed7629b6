# slip: the decay is exp(-1/tau)
def time_surface(spikes, tau):
    v, rows = [0.0] * len(spikes[0]), []
    for row in spikes:
        v = [one * np.exp(-1 / tau) + i / tau for one, i in zip(v, row)]
        rows.append(v)
    return rows
