# slip: the mean is taken away
def all_but_own(spikes):
    spikes = np.asarray(spikes, dtype=float)
    return spikes.sum() - spikes.mean()
