# slip: np.roll over the whole array, with one delay for all
def delayed(spikes, delays):
    moved = np.array(spikes, dtype=float)
    for delay in delays:
        moved = np.roll(moved, int(delay), axis=0)
    return moved
