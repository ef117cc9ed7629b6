# slip: sources and targets change places
# named: i_and_j
def connect(source, target, weights):
    synapses = b2.Synapses(source, target, "w : volt", on_pre="v += w")
    pairs = [(i, j) for i, row in enumerate(weights) for j, w in enumerate(row) if w != 0]
    synapses.connect(i=[j for j, _ in pairs], j=[i for _, i in pairs])
    synapses.w = np.array([weights[j][i] for j, i in pairs]) * b2.mV
    return synapses
