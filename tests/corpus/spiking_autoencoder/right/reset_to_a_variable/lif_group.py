def lif_group(n, tau, threshold, refractory):
    deaf = refractory * b2.ms
    group = b2.NeuronGroup(
        n,
        "dv/dt = -v / tau : volt (unless refractory)\nreset_to : volt",
        threshold="v / mV >= theta",
        reset="v = reset_to",
        refractory="deaf",
        method="linear",
        namespace={"tau": tau * b2.ms, "theta": threshold, "deaf": deaf},
    )
    group.v = group.reset_to = 0 * b2.mV
    return group
