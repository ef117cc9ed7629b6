# slip: v is not set back for the next channel
# named: one_voltage_for_all_channels
def time_surface(spikes, tau):
    spikes = np.asarray(spikes, dtype=float)
    surface, v = 0 * spikes, 0
    for c in range(spikes.shape[1]):
        for t in range(spikes.shape[0]):
            v += (spikes[t, c] - v) / tau
            surface[t, c] = v
    return surface
