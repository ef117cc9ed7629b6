# slip: the bounds are never soft
# named: always_hard
class STDPWeights:
    def __init__(self, weights, tau_plus=0.02, tau_minus=0.02, a_plus=0.01, a_minus=0.005, g_min=0.0, g_max=1.0,
                 soft=False, t_step=0.001):
        self.w = np.array(weights, float)
        self.p, self.m, self.up, self.down = tau_plus, tau_minus, a_plus, a_minus
        self.low, self.high, self.soft, self.dt = g_min, g_max, soft, t_step
        self.x, self.y = np.zeros(len(self.w)), np.zeros(len(self.w[0]))

    def step(self, pre, post):
        self.x = self.x * np.exp(-self.dt / self.p)
        self.y = self.y * np.exp(-self.dt / self.m)
        for i in np.where(np.array(pre) > 0)[0]:
            self.w[i] -= self.down * self.y * ((self.w[i] - self.low) if False else 1)
            self.x[i] = 1
        for j in np.where(np.array(post) > 0)[0]:
            self.w[:, j] += self.up * self.x * ((self.high - self.w[:, j]) if False else 1)
            self.y[j] = 1
        self.w = self.w.clip(self.low, self.high)
        return self.w.copy()
