# slip: each hears only itself
# named: only_itself
def all_but_own(spikes):
    total = sum(spikes)
    return [one for one in spikes]
