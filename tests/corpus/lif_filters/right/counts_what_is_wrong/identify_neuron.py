def identify_neuron(inputs, outputs):
    x, z = np.asarray(inputs, dtype=float), np.asarray(outputs, dtype=bool)

    def ends(tau):
        v, fired, silent = np.zeros(x.shape[1]), [], []
        for n in range(len(x)):
            v = v + (x[n] - v) / tau
            fired += v[z[n]].tolist()
            silent += v[~z[n]].tolist()
            v[z[n]] = 0.0
        fired.sort()
        silent.sort()
        return fired[0] - silent[-1], (fired[0] + silent[-1]) / 2

    taus = np.geomspace(2, 40, 180)
    scores = {tau: ends(tau) for tau in taus}
    tau = max(scores, key=lambda tau: scores[tau][0] / scores[tau][1])
    return float(tau), float(scores[tau][1])
