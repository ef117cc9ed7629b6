class STDPWeights:
    """No traces: when each last spiked is enough."""

    def __init__(
        self,
        weights,
        tau_plus=0.02,
        tau_minus=0.02,
        a_plus=0.01,
        a_minus=0.005,
        g_min=0.0,
        g_max=1.0,
        soft=False,
        t_step=0.001,
    ):
        self.w = np.array(weights, dtype=float)
        self.tau_plus, self.tau_minus, self.a_plus, self.a_minus = tau_plus, tau_minus, a_plus, a_minus
        self.g_min, self.g_max, self.soft, self.t_step = g_min, g_max, soft, t_step
        self.reset()

    def reset(self):
        self.now = 0
        self.last_pre = np.full(self.w.shape[0], -np.inf)
        self.last_post = np.full(self.w.shape[1], -np.inf)

    def step(self, pre, post):
        self.now += 1
        ago = (self.now - self.last_post) * self.t_step
        for i in np.flatnonzero(np.asarray(pre) > 0):
            room = self.w[i] - self.g_min if self.soft else 1
            self.w[i] = self.w[i] - self.a_minus * np.exp(-ago / self.tau_minus) * room
            self.last_pre[i] = self.now
        ago = (self.now - self.last_pre) * self.t_step
        for j in np.flatnonzero(np.asarray(post) > 0):
            room = self.g_max - self.w[:, j] if self.soft else 1
            self.w[:, j] = self.w[:, j] + self.a_plus * np.exp(-ago / self.tau_plus) * room
            self.last_post[j] = self.now
        self.w = np.clip(self.w, self.g_min, self.g_max)
        return self.w
