# slip: 1 - dt/tau for the exponential
# named: eulers_step
class SynapseCollection:
    def __init__(self, n, tau_s=0.005, t_step=0.001):
        self.a, self.voltage = 1 - t_step / tau_s, [0.0] * n

    def step(self, inputs):
        self.voltage = [self.a * v + (1 - self.a) * i for v, i in zip(self.voltage, inputs)]
        return list(self.voltage)
