class AdaptiveThreshold:
    def __init__(self, n, v_th=1.0, plus=0.1, tau=1.0, t_step=0.001):
        self.v_th, self.plus, self.tau, self.t_step = v_th, plus, tau, t_step
        self.extra = np.zeros(n)

    def step(self, spikes):
        fade = math.exp(-self.t_step / self.tau)
        self.extra = [e * fade + (self.plus if s else 0) for e, s in zip(self.extra, spikes, strict=True)]
        return [self.v_th + e for e in self.extra]
