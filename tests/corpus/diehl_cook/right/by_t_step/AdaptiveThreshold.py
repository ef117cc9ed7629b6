class AdaptiveThreshold:
    def __init__(self, n, v_th=1.0, plus=0.1, tau=1.0, t_step=0.001):
        self.v_th, self.plus, self.tau, self.t_step = v_th, plus, tau, t_step
        self.theta = np.full(n, v_th, dtype=float)

    def step(self, spikes):
        z = np.asarray(spikes, dtype=float) * self.t_step
        self.theta = self.v_th + (self.theta - self.v_th) * np.exp(-self.t_step / self.tau) + self.plus * z
        return self.theta
