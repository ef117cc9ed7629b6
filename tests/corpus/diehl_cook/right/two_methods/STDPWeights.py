class STDPWeights:
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
        self.x, self.y = np.zeros(self.w.shape[0]), np.zeros(self.w.shape[1])

    def step(self, pre, post):
        self.x *= math.exp(-self.t_step / self.tau_plus)
        self.y *= math.exp(-self.t_step / self.tau_minus)
        for i, spike in enumerate(pre):
            if spike:
                self.depress(i)
        for j, spike in enumerate(post):
            if spike:
                self.strengthen(j)
        np.clip(self.w, self.g_min, self.g_max, out=self.w)
        return self.w

    def depress(self, i):
        self.w[i] -= self.a_minus * self.y * ((self.w[i] - self.g_min) if self.soft else 1)
        self.x[i] = 1

    def strengthen(self, j):
        self.w[:, j] += self.a_plus * self.x * ((self.g_max - self.w[:, j]) if self.soft else 1)
        self.y[j] = 1
