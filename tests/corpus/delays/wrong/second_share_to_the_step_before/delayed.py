# slip: the second share goes to the step before, not to the step after
def delayed(spikes, delays):
    moved = np.zeros(np.shape(spikes))
    for (t, n), spike in np.ndenumerate(spikes):
        whole = int(np.floor(delays[n]))
        part = delays[n] - whole
        for to, share in ((t + whole, 1 - part), (t + whole - 1, part)):
            if 0 <= to < len(moved):
                moved[to, n] += share * spike
    return moved
