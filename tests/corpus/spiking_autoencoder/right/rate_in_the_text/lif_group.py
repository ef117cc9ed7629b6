def lif_group(n, tau, threshold, refractory):
    return b2.NeuronGroup(
        n,
        f"dv/dt = -v / ({tau} * ms) : volt (unless refractory)",
        threshold=f"v >= {threshold} * mV",
        reset="v = 0 * mV",
        refractory=refractory * b2.ms,
        method="exact",
    )
