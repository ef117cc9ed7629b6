# slip: it can fire at once again
# named: never_refractory
def lif_group(n, tau, threshold, refractory):
    equations = f"dv/dt = -v / ({tau} * ms) : volt (unless refractory)"
    return b2.NeuronGroup(n, equations, threshold=f"v >= {threshold} * mV", reset="v = 0 * volt",
                          method="linear")
