from scipy.signal import lfilter


def coincidences(spikes, tau, every_pair=False):
    v = lfilter([1], [1, -np.exp(-1 / tau)], np.asarray(spikes, dtype=float), axis=0)
    products = np.triu(v.T @ v, k=1)
    return products.sum() if every_pair else products[0].sum()
