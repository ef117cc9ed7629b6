# slip: only its own
# named: only_itself
def all_but_own(spikes):
    spikes = np.asarray(spikes, dtype=float)
    return spikes.copy()
