# slip: the threshold is subtracted
# named: reset_by_subtraction
def spiking_time_surface(spikes, tau, threshold):
    v, rows = 0, []
    for i in np.asarray(spikes, dtype=float):
        v = v + (i - v) / tau
        z = (v >= threshold) * 1
        v = v - threshold * z
        rows.append(z)
    return np.array(rows)
