# slip: the mean of the voltages at the spikes
# named: threshold_by_mean
def identify_neuron(inputs, outputs):
    x, z = np.asarray(inputs, dtype=float), np.asarray(outputs) > 0
    taus = np.geomspace(2, 40, 400)
    v = np.zeros((400, x.shape[1]))
    reached, count = 0, 0
    low, high = np.zeros(400), np.full(400, np.inf)
    for n in range(len(x)):
        v = v + (x[n] - v) / taus[:, None]
        low = np.maximum(low, np.where(z[n], 0, v).max(axis=1))
        high = np.minimum(high, np.where(z[n], v, np.inf).min(axis=1))
        reached, count = reached + np.where(z[n], v, 0).sum(axis=1), count + z[n].sum()
        v = np.where(z[n], 0, v)
    k = np.argmax(high / low)
    return taus[k], reached[k] / count
