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
        pre, post = np.greater(pre, 0), np.greater(post, 0)
        self.x, self.y = self.x * np.exp(-self.t_step / self.tau_plus), self.y * np.exp(-self.t_step / self.tau_minus)
        sinks = np.einsum("i,j->ij", pre.astype(float), self.y)
        self.w -= self.a_minus * sinks * ((self.w - self.g_min) if self.soft else 1.0)
        self.x = np.where(pre, 1.0, self.x)
        grows = np.einsum("i,j->ij", self.x, post.astype(float))
        self.w += self.a_plus * grows * ((self.g_max - self.w) if self.soft else 1.0)
        self.y = np.where(post, 1.0, self.y)
        self.w = self.w.clip(self.g_min, self.g_max)
        return self.w.copy()
