# slip: nobody is reset
# named: no_reset
def spiking_time_surface(spikes, tau, threshold):
    v, rows = [0.0] * len(spikes[0]), []
    for row in spikes:
        v = [one + (i - one) / tau for one, i in zip(v, row)]
        rows.append([int(one >= threshold) for one in v])
        v = list(v)
    return rows
