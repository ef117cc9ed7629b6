def all_but_own(spikes):
    return np.sum(spikes) - np.asarray(spikes)
