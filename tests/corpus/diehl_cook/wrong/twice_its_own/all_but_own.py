# slip: its own is taken away twice
def all_but_own(spikes):
    spikes = np.asarray(spikes, dtype=float)
    return spikes.sum() - 2 * spikes
