# slip: divided by N
# named: mean
def all_but_own(spikes):
    spikes = np.asarray(spikes, dtype=float)
    return (spikes.sum() - spikes) / spikes.size
