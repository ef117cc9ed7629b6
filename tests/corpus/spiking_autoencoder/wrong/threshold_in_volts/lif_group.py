# slip: the threshold is in volts
# named: threshold_in_volts
def lif_group(n, tau, threshold, refractory):
    equations = f"dv/dt = -v / ({tau} * ms) : volt (unless refractory)"
    return b2.NeuronGroup(n, equations, threshold=f"v >= {threshold} * volt", reset="v = 0 * volt",
                          refractory=refractory * b2.ms, method="linear")
