# slip: tau is taken for seconds
# named: no_leak
def lif_group(n, tau, threshold, refractory):
    equations = f"dv/dt = -v / ({tau} * second) : volt (unless refractory)"
    return b2.NeuronGroup(n, equations, threshold=f"v >= {threshold} * mV", reset="v = 0 * volt",
                          refractory=refractory * b2.ms, method="linear")
