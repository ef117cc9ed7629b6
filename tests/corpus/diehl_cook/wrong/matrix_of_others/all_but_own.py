# slip: a matrix
# not named:
def all_but_own(spikes):
    spikes = np.asarray(spikes, dtype=float)
    return (1 - np.eye(spikes.size)) @ spikes
