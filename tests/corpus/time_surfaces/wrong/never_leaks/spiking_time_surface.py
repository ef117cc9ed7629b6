# slip: adds events over tau and never leaks
# named: no_leak
def spiking_time_surface(spikes, tau, threshold):
    v, rows = 0, []
    for i in np.asarray(spikes, dtype=float):
        v = v + i / tau
        z = (v >= threshold) * 1
        v = v * (1 - z)
        rows.append(z)
    return np.array(rows)
