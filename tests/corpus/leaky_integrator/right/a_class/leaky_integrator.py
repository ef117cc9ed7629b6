class LeakyIntegrator:
    def __init__(self):
        self.v = 0
    def step(self, i, tau):
        self.v = self.v + (i - self.v) / tau
        return self.v
def leaky_integrator(input_data, tau):
    neuron = LeakyIntegrator()
    return [neuron.step(i, tau) for i in input_data]
