def all_but_own(spikes):
    total = 0.0
    for one in spikes:
        total += one
    arrives = []
    for one in spikes:
        arrives.append(total - one)
    return arrives
