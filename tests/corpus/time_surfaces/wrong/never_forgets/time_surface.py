# slip: events are added up and nothing leaks
# named: sum_instead_of_leak
def time_surface(spikes, tau):
    v, rows = [0.0] * len(spikes[0]), []
    for row in spikes:
        v = [one + i / tau for one, i in zip(v, row)]
        rows.append(v)
    return rows
