def all_but_own(spikes):
    total = sum(spikes)
    return [total - one for one in spikes]
