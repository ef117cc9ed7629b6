from dataclasses import dataclass


@dataclass
class SynapseCollection:
    n: int
    tau_s: float = 0.005
    t_step: float = 0.001

    def __post_init__(self):
        self.voltage = np.zeros(self.n)

    def step(self, inputs):
        a = np.exp(-self.t_step / self.tau_s)
        self.voltage = np.array([a, 1 - a]) @ np.stack([self.voltage, np.asarray(inputs, dtype=float)])
        return self.voltage
