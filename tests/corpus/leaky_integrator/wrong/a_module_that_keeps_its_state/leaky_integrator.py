# slip: a module that keeps its state
# earns: 0
# not named:
class Leaky:
    v = 0
    def __call__(self, input_data, tau):
        out = []
        for i in input_data:
            self.v = self.v + (i - np.mean(self.v)) / tau
            out.append(self.v)
        return out
leaky_integrator = Leaky()
