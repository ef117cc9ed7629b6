# slip: the weights leave their range
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
        pre, post = np.asarray(pre) > 0, np.asarray(post) > 0
        self.x = self.x * np.exp(-self.t_step / self.tau_plus)
        self.y = self.y * np.exp(-self.t_step / self.tau_minus)
        self.w[pre] -= self.a_minus * self.y * ((self.w[pre] - self.g_min) if self.soft else 1.0)
        self.x[pre] = 1
        self.w[:, post] += self.a_plus * self.x[:, None] * ((self.g_max - self.w[:, post]) if self.soft else 1.0)
        self.y[post] = 1
        return self.w
