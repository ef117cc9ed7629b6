class Leaky(b2.NeuronGroup):
    def __init__(self, n, tau, threshold, refractory):
        super().__init__(
            n,
            "dv/dt = -v / tau : volt (unless refractory)",
            threshold="v >= v_th",
            reset="v = 0 * volt",
            refractory=refractory * 1e-3 * b2.second,
            method="exact",
            namespace={"tau": tau * 1e-3 * b2.second, "v_th": threshold * 1e-3 * b2.volt},
        )


def lif_group(n, tau, threshold, refractory):
    return Leaky(n, tau, threshold, refractory)
