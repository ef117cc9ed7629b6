# slip: it forgets at once
# named: forgets_itself
class SynapseCollection:
    def __init__(self, n, tau_s=0.005, t_step=0.001):
        self.a, self.voltage = math.exp(-t_step / tau_s), [0.0] * n

    def step(self, inputs):
        self.voltage = [0 * v + (1 - self.a) * i for v, i in zip(self.voltage, inputs)]
        return list(self.voltage)
