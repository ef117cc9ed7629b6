# slip: the voltage follows also while it is refractory
# named: flag_forgotten
def lif_group(n, tau, threshold, refractory):
    equations = f"dv/dt = -v / ({tau} * ms) : volt"
    return b2.NeuronGroup(n, equations, threshold=f"v >= {threshold} * mV", reset="v = 0 * volt",
                          refractory=refractory * b2.ms, method="linear")
