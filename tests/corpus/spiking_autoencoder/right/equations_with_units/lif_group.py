def lif_group(n, tau, threshold, refractory):
    group = b2.NeuronGroup(
        n,
        """dv/dt = -v / tau : volt (unless refractory)
        tau : second (shared, constant)
        top : volt (shared, constant)""",
        threshold="v >= top",
        reset="v = 0 * mV",
        refractory=refractory * b2.ms,
        method="exact",
    )
    group.tau = tau * b2.ms
    group.top = threshold * b2.mV
    return group
