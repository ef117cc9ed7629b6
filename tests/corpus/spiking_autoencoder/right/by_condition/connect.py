def connect(source, target, weights):
    table = np.array(weights, dtype=float)
    synapses = b2.Synapses(source, target, "w : volt", on_pre="v_post += w")
    to, start = table.nonzero()
    synapses.connect(i=start, j=to)
    synapses.w = table[synapses.j[:], synapses.i[:]] * b2.mV
    return synapses
