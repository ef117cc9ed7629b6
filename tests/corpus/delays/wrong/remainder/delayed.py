# slip: the fraction of a negative delay is counted from 0: delays % 1 with int()
def delayed(spikes, delays):
    T, N = spikes.shape
    moved = np.zeros((T, N))
    for n in range(N):
        whole, part = int(delays[n]), abs(delays[n]) % 1
        for t in range(T):
            if 0 <= t - whole < T:
                moved[t, n] += (1 - part) * spikes[t - whole, n]
            if 0 <= t - whole - 1 < T:
                moved[t, n] += part * spikes[t - whole - 1, n]
    return moved
