# slip: its own is not left out
# named: inhibits_itself
def all_but_own(spikes):
    spikes = np.asarray(spikes, dtype=float)
    return np.full(spikes.shape, spikes.sum())
