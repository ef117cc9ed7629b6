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
        self.x = self.x * math.exp(-self.t_step / self.tau_plus)
        self.y = self.y * math.exp(-self.t_step / self.tau_minus)
        for i in range(len(pre)):
            if pre[i] > 0:
                for j in range(len(post)):
                    self.w[i, j] -= self.a_minus * self.y[j] * (self.w[i, j] - self.g_min if self.soft else 1)
                self.x[i] = 1
        for j in range(len(post)):
            if post[j] > 0:
                for i in range(len(pre)):
                    self.w[i, j] += self.a_plus * self.x[i] * (self.g_max - self.w[i, j] if self.soft else 1)
                self.y[j] = 1
        for i in range(len(pre)):
            for j in range(len(post)):
                self.w[i, j] = min(max(self.w[i, j], self.g_min), self.g_max)
        return self.w
