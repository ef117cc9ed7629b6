class SynapseCollection:
    def __init__(self, n, tau_s=0.005, t_step=0.001):
        self.tau_s, self.t_step = tau_s, t_step
        self.voltage = np.zeros(n)

    def step(self, inputs):
        share = math.exp(-self.t_step / self.tau_s)
        self.voltage = np.average([self.voltage, np.asarray(inputs, dtype=float)], axis=0, weights=[share, 1 - share])
        return self.voltage
