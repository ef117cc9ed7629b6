def coincidences(spikes, tau, every_pair=False):
    spikes = np.asarray(spikes, dtype=np.float32)
    v, keep, found = np.zeros(spikes.shape[1], dtype=np.float32), np.float32(np.exp(-1 / tau)), np.float32(0)
    for arrived in spikes:
        v = keep * v + arrived
        first = range(len(v) - 1) if every_pair else [0]
        for i in first:
            found += v[i] * v[i + 1 :].sum()
    return found
