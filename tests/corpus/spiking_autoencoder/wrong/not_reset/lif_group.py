# slip: it is never reset
# named: no_reset
def lif_group(n, tau, threshold, refractory):
    equations = f"dv/dt = -v / ({tau} * ms) : volt (unless refractory)"
    return b2.NeuronGroup(n, equations, threshold=f"v >= {threshold} * mV", reset="v = v",
                          refractory=refractory * b2.ms, method="linear")
