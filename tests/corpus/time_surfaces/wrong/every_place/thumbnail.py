# slip: a sliding mean
# named: sliding
def thumbnail(spikes, steps, channels):
    x = np.array(spikes, dtype=float)
    T, N = x.shape
    return np.array(
        [[x[n : n + steps, c : c + channels].mean() for n in range(T - steps + 1)] for c in range(N - channels + 1)]
    )
