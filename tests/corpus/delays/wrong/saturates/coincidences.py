# slip: a spike sets the trace to 1
# named: a_spike_sets_the_trace
def coincidences(spikes, tau, every_pair=False):
    spikes = np.asarray(spikes, dtype=float)
    keep, v, found = np.exp(-1 / tau), np.zeros(spikes.shape[1]), 0.0
    for s in spikes:
        v = np.where(s > 0, 1, keep * v)
        both = np.triu(np.outer(v, v), 1)
        found += both.sum() if every_pair else both[0].sum()
    return found
