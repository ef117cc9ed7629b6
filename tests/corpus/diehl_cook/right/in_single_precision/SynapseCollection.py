class SynapseCollection:
    def __init__(self, n, tau_s=0.005, t_step=0.001):
        self.tau_s, self.t_step = tau_s, t_step
        self.voltage = np.zeros(n)

    def step(self, inputs):
        keep = np.float32(np.exp(-self.t_step / self.tau_s))
        inputs = np.asarray(inputs, dtype=np.float32)
        self.voltage = (keep * self.voltage + (1 - keep) * inputs).astype(np.float32)
        return self.voltage
