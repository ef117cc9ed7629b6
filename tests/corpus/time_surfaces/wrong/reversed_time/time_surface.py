# slip: runs from the end to the beginning
# named: backwards_in_time
def time_surface(spikes, tau):
    rows, v = [], 0
    for i in np.asarray(spikes, dtype=float)[::-1]:
        v = v + (i - v) / tau
        rows.insert(0, v)
    return np.array(rows)
