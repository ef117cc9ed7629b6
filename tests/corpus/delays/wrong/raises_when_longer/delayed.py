# slip: a delay longer than the recording is an error
def delayed(spikes, delays):
    T = len(spikes)
    moved = np.zeros(spikes.shape)
    for n, delay in enumerate(delays):
        whole = int(np.floor(delay))
        part = delay - whole
        train = np.zeros(T + 2 * 12)
        train[12 : 12 + T] = spikes[:, n]
        for t in range(T):
            moved[t, n] = (1 - part) * train[12 + t - whole] + part * train[12 + t - whole - 1]
    return moved
