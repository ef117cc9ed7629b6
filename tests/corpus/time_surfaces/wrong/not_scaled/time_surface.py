# slip: an event lifts by 1
# named: one_event_is_one
def time_surface(spikes, tau):
    v, rows = [0.0] * len(spikes[0]), []
    for row in spikes:
        v = [one - one / tau + i for one, i in zip(v, row)]
        rows.append(v)
    return rows
