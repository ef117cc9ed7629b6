from scipy.signal import lfilter


class SynapseCollection:
    def __init__(self, n, tau_s=0.005, t_step=0.001):
        self.a = math.exp(-t_step / tau_s)
        self.voltage = np.zeros(n)

    def step(self, inputs):
        now = np.reshape(np.asarray(inputs, dtype=float), (1, -1))
        out, _ = lfilter([1 - self.a], [1, -self.a], now, axis=0, zi=self.a * self.voltage[None, :])
        self.voltage = out[0]
        return out[0]
