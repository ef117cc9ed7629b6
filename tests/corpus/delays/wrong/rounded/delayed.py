# slip: the delays are rounded
# named: rounded
def delayed(spikes, delays):
    moved = np.zeros(np.shape(spikes))
    for (t, n), spike in np.ndenumerate(spikes):
        to = t + round(float(delays[n]))
        if 0 <= to < len(moved):
            moved[to, n] += spike
    return moved
