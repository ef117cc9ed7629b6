# slip: tau_s is taken for milliseconds
# never said: tau_s is used as a number of steps
class SynapseCollection:
    def __init__(self, n, tau_s=0.005, t_step=0.001):
        self.keep = np.exp(-t_step / (tau_s / 1000))
        self.v = np.zeros(n)

    def step(self, inputs):
        self.v = self.keep * self.v + (1 - self.keep) * np.asarray(inputs)
        return self.v.copy()
