# slip: the mean of the others
def all_but_own(spikes):
    total = sum(spikes)
    return [(total - one) / (len(spikes) - 1) for one in spikes]
