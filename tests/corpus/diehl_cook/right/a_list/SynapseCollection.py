class SynapseCollection:
    def __init__(self, n, tau_s=0.005, t_step=0.001):
        self.voltage = [0.0] * n
        self.a = math.exp(-t_step / tau_s)

    def step(self, inputs):
        self.voltage = [self.a * v + (1 - self.a) * float(i) for v, i in zip(self.voltage, inputs, strict=True)]
        return self.voltage
