# slip: the recording grows by the longest delay
def delayed(spikes, delays):
    T, longest = len(spikes), int(np.ceil(max(max(delays), 0))) + 1
    moved = np.zeros((T + longest, len(delays)))
    for (t, n), spike in np.ndenumerate(spikes):
        whole = int(np.floor(delays[n]))
        part = delays[n] - whole
        for to, share in ((t + whole, 1 - part), (t + whole + 1, part)):
            if 0 <= to < len(moved):
                moved[to, n] += share * spike
    return moved
