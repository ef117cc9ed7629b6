class SynapseCollection:
    def __init__(self, n, tau_s=0.005, t_step=0.001):
        self.tau_s, self.t_step = tau_s, t_step
        self.voltage = np.zeros(n)

    def step(self, inputs):
        """Towards the input, by what fades in a step."""
        self.voltage = self.voltage + (np.asarray(inputs) - self.voltage) * -np.expm1(-self.t_step / self.tau_s)
        return self.voltage.copy()
