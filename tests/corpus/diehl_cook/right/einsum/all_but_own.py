def all_but_own(spikes):
    spikes = np.asarray(spikes, dtype=float)
    return np.einsum("i->", spikes) - spikes
