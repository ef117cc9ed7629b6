# slip: one number for all
def all_but_own(spikes):
    spikes = np.asarray(spikes, dtype=float)
    return spikes.sum()
