# slip: the moved trains are kept in whole numbers, like the spikes
def delayed(spikes, delays):
    moved = np.zeros_like(spikes, dtype=int)
    for (t, n), spike in np.ndenumerate(spikes):
        whole = int(np.floor(delays[n]))
        part = delays[n] - whole
        for to, share in ((t + whole, 1 - part), (t + whole + 1, part)):
            if 0 <= to < len(moved):
                moved[to, n] += int(share * spike)
    return moved
