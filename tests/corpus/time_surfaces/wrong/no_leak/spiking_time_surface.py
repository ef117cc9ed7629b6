# slip: nothing leaks
def spiking_time_surface(spikes, tau, threshold):
    v, rows = [0.0] * len(spikes[0]), []
    for row in spikes:
        v = [one + i / tau for one, i in zip(v, row)]
        rows.append([int(one >= threshold) for one in v])
        v = [0.0 if one >= threshold else one for one in v]
    return rows
