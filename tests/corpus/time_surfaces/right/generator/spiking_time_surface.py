def spiking_time_surface(spikes, tau, threshold):
    def fired():
        v = np.zeros(np.shape(spikes)[1])
        for i in np.asarray(spikes):
            v = v + (i - v) / tau
            yield v >= threshold
            v = np.where(v >= threshold, 0, v)

    return np.array(list(fired())).astype(int)
