# slip: exp of a positive number
class SynapseCollection:
    def __init__(self, n, tau_s=0.005, t_step=0.001):
        self.tau_s, self.t_step = tau_s, t_step
        self.voltage = np.zeros(n)

    def step(self, inputs):
        a = np.exp(self.t_step / self.tau_s)
        self.voltage = a * self.voltage + (1 - a) * np.asarray(inputs)
        return self.voltage
