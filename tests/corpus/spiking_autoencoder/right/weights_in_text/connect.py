def connect(source, target, weights):
    weights = np.asarray(weights, dtype=float)
    synapses = b2.Synapses(source, target, model="w : 1", on_pre="v += w * mV")
    to, of = weights.nonzero()
    synapses.connect(i=of, j=to)
    synapses.w = weights[to, of]
    return synapses
