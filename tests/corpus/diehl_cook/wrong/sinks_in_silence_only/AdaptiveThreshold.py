# slip: it sinks only in steps without a spike
class AdaptiveThreshold:
    def __init__(self, n, v_th=1.0, plus=0.1, tau=1.0, t_step=0.001):
        self.v_th, self.plus, self.tau, self.t_step = v_th, plus, tau, t_step
        self.extra = np.zeros(n)

    def step(self, spikes):
        z = np.asarray(spikes) > 0
        self.extra = np.where(z, self.extra, self.extra * np.exp(-self.t_step / self.tau)) + self.plus * z
        return self.v_th + self.extra
