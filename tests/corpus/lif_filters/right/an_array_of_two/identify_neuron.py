def identify_neuron(inputs, outputs):
    x, z = np.asarray(inputs, dtype=np.float64), np.asarray(outputs).astype(bool)
    taus = np.arange(2, 40, 0.05)
    v = np.zeros((len(taus), x.shape[1]))
    u = np.empty((len(x), *v.shape))
    for n in range(len(x)):
        v = v + (x[n] - v) / taus[:, None]
        u[n] = v
        v = v * ~z[n]
    below = np.where(z[:, None], -np.inf, u).max(axis=(0, 2))
    above = np.where(z[:, None], u, np.inf).min(axis=(0, 2))
    k = np.argmax((above - below) / above)
    return np.array([taus[k], (above[k] + below[k]) / 2])
