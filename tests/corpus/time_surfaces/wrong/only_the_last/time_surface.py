# slip: only the last row comes back
# named: only_the_last_moment
def time_surface(spikes, tau):
    v, rows = [0.0] * len(spikes[0]), []
    for row in spikes:
        v = [one + (i - one) / tau for one, i in zip(v, row)]
        rows.append(v)
    return rows[-1]
