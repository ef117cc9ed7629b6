from itertools import combinations


def coincidences(spikes, tau, every_pair=False):
    spikes = np.asarray(spikes, dtype=float)
    traces = np.zeros(spikes.shape)
    for t in range(len(spikes)):
        traces[t] = spikes[t] + (np.exp(-1 / tau) * traces[t - 1] if t else 0)
    pairs = [(i, j) for i, j in combinations(range(spikes.shape[1]), 2) if every_pair or i == 0]
    return float(sum(np.dot(traces[:, i], traces[:, j]) for i, j in pairs))
