# slip: how many others fire, not how much
# named: once_for_all
def all_but_own(spikes):
    spikes = np.asarray(spikes, dtype=float)
    return np.count_nonzero(spikes) - (spikes != 0)
