# slip: only those before it
def all_but_own(spikes):
    spikes = np.asarray(spikes, dtype=float)
    return np.cumsum(spikes) - spikes
