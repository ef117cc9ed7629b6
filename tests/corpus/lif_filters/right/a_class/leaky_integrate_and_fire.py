class Neuron:
    def __init__(self, tau, threshold):
        self.tau, self.threshold, self.v = tau, threshold, 0.0

    def __call__(self, i):
        self.v = self.v + (i - self.v) / self.tau
        fired = self.v >= self.threshold
        self.v = self.v * (1 - fired)
        return fired, self.v


def leaky_integrate_and_fire(input_data, tau, threshold):
    neuron = Neuron(tau, threshold)
    both = [neuron(np.asarray(i, dtype=float)) for i in input_data]
    return np.array([fired for fired, _ in both]), np.array([v for _, v in both])
