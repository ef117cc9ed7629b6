# slip: each hears itself too
# named: inhibits_itself
def all_but_own(spikes):
    total = sum(spikes)
    return [total for one in spikes]
