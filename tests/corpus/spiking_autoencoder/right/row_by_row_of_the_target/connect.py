def connect(source, target, weights):
    synapses = b2.Synapses(source, target, "w : volt", on_pre="v_post += w")
    for j, row in enumerate(weights):
        sources = np.flatnonzero(row)
        if sources.size:
            synapses.connect(i=sources, j=np.full(sources.size, j))
    synapses.w = [weights[j][i] * 1e-3 for i, j in zip(synapses.i, synapses.j)] * b2.volt
    return synapses
