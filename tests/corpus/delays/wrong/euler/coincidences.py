# slip: 1 - 1/tau
# named: eulers_step
def coincidences(spikes, tau, every_pair=False):
    spikes = np.asarray(spikes, dtype=float)
    keep, v, found = 1 - 1 / tau, np.zeros(spikes.shape[1]), 0.0
    for s in spikes:
        v = keep * v + s
        both = np.triu(np.outer(v, v), 1)
        found += both.sum() if every_pair else both[0].sum()
    return found
