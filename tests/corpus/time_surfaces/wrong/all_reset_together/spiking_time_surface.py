# slip: if any channel fires, all are reset
# named: one_fires_all_reset
def spiking_time_surface(spikes, tau, threshold):
    v, rows = 0, []
    for i in np.asarray(spikes, dtype=float):
        v = v + (i - v) / tau
        z = v >= threshold
        if any(z):
            v = v * 0
        rows.append(z.astype(int))
    return np.array(rows)
