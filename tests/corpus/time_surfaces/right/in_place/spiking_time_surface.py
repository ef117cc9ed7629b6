def spiking_time_surface(spikes, tau, threshold):
    current = np.asarray(spikes, dtype=float)
    v, fired = np.zeros(current.shape[1]), np.zeros(current.shape, dtype=bool)
    for t, row in enumerate(current):
        v += (row - v) / tau
        np.greater_equal(v, threshold, out=fired[t])
        v[fired[t]] = 0
    return fired
