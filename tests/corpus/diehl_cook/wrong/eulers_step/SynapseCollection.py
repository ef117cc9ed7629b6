# slip: v + t_step / tau_s (input - v)
# named: eulers_step
class SynapseCollection:
    def __init__(self, n, tau_s=0.005, t_step=0.001):
        self.tau_s, self.t_step = tau_s, t_step
        self.voltage = np.zeros(n)

    def step(self, inputs):
        a = np.exp(-self.t_step / self.tau_s)
        self.voltage = self.voltage + self.t_step / self.tau_s * (np.asarray(inputs) - self.voltage)
        return self.voltage
