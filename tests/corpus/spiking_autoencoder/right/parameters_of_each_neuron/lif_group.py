def lif_group(n, tau, threshold, refractory):
    group = b2.NeuronGroup(
        n,
        """dv/dt = -v / tau : volt (unless refractory)
        tau : second (constant)
        theta : volt (constant)
        deaf : second (constant)""",
        threshold="v >= theta",
        reset="v = 0 * volt",
        refractory="deaf",
        method="exact",
    )
    group.tau, group.theta, group.deaf = tau * b2.ms, threshold * b2.mV, refractory * b2.ms
    return group
