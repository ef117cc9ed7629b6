def lif_group(n, tau, threshold, refractory):
    return b2.NeuronGroup(
        n,
        model=b2.Equations("dv/dt = -v / tau_m : volt (unless refractory)", tau_m=tau * b2.ms),
        threshold="v > theta",
        reset="v = 0 * volt",
        refractory=refractory * b2.ms,
        method="linear",
        namespace=dict(theta=threshold * b2.mV),
    )
