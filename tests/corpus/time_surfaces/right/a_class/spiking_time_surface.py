class Neurons:
    def __init__(self, n, tau, threshold):
        self.v, self.tau, self.threshold = np.zeros(n), tau, threshold

    def step(self, i):
        self.v = self.v + (i - self.v) / self.tau
        fired = self.v >= self.threshold
        self.v = np.where(fired, 0, self.v)
        return 1 * fired


def spiking_time_surface(spikes, tau, threshold):
    neurons = Neurons(len(spikes[0]), tau, threshold)
    return [neurons.step(np.asarray(row)) for row in spikes]
