import torch


class SynapseCollection:
    def __init__(self, n, tau_s=0.005, t_step=0.001):
        self.voltage, self.weight = torch.zeros(n, dtype=torch.float64), 1 - math.exp(-t_step / tau_s)

    def step(self, inputs):
        self.voltage = torch.lerp(self.voltage, torch.as_tensor(np.array(inputs, dtype=float)), self.weight)
        return self.voltage
