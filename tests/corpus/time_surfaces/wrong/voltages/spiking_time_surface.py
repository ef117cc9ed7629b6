# slip: the voltages come back
def spiking_time_surface(spikes, tau, threshold):
    v, rows = [0.0] * len(spikes[0]), []
    for row in spikes:
        v = [one + (i - one) / tau for one, i in zip(v, row)]
        rows.append(v)
        v = [0.0 if one >= threshold else one for one in v]
    return rows
