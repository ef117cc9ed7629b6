def all_but_own(spikes):
    arrives = np.array(spikes, dtype=float)
    np.subtract(arrives.sum(), arrives, out=arrives)
    return arrives
