# slip: the last neuron says nothing
def all_but_own(spikes):
    spikes = np.asarray(spikes, dtype=float)
    return spikes[:-1].sum() - spikes
