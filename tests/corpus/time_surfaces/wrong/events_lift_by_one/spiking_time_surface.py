# slip: an event lifts by one, the leak is right
# named: event_lifts_by_one
def spiking_time_surface(spikes, tau, threshold):
    v, rows = 0, []
    for i in np.asarray(spikes, dtype=float):
        v = v + i - v / tau
        z = v >= threshold
        v = np.where(z, 0, v)
        rows.append(z * 1.0)
    return np.array(rows)
