def connect(source, target, weights):
    pairs = np.argwhere(np.asarray(weights) != 0)
    s = b2.Synapses(source, target, "w : volt", on_pre="v_post = v_post + w")
    s.connect(i=pairs[:, 1], j=pairs[:, 0])
    for (to, start) in pairs:
        s.w[start, to] = weights[to, start] * b2.mV
    return s
