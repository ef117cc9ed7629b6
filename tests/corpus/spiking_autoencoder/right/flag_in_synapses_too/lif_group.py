def lif_group(n, tau, threshold, refractory):
    rate = 1 / (tau * b2.ms)
    top = threshold * b2.mV
    return b2.NeuronGroup(n, "dv/dt = -rate * v : volt (unless refractory)", threshold="v >= top",
                          reset="v = 0 * volt", refractory=refractory * b2.ms, method="exponential_euler",
                          namespace={"rate": rate, "top": top})
