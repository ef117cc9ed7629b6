# slip: the two neighbours
# named: neighbours_only
def all_but_own(spikes):
    spikes = np.asarray(spikes, dtype=float)
    return np.roll(spikes, 1) + np.roll(spikes, -1)
