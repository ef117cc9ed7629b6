# slip: there is a synapse where the weight is 0
def connect(source, target, weights):
    synapses = b2.Synapses(source, target, "w : volt", on_pre="v += w")
    pairs = [(j, i) for i, row in enumerate(weights) for j, w in enumerate(row)]
    synapses.connect(i=[j for j, _ in pairs], j=[i for _, i in pairs])
    synapses.w = np.array([weights[i][j] for j, i in pairs]) * b2.mV
    return synapses
