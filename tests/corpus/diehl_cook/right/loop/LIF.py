class LIF:
    def __init__(self, n, tau_rc=0.02, tau_ref=0.002, v_th=1.0, t_step=0.001):
        self.n, self.tau_rc, self.tau_ref, self.t_step = n, tau_rc, tau_ref, t_step
        self.v_th = np.full(n, v_th, dtype=float)
        self.reset()

    def reset(self):
        self.voltage = np.zeros(self.n)
        self.refractory_time = np.zeros(self.n)

    def step(self, inputs):
        dt, out = self.t_step, np.zeros(self.n)
        for j in range(self.n):
            i, rest = float(inputs[j]), self.refractory_time[j]
            awake = min(max(dt - rest, 0.0), dt)
            self.refractory_time[j] = max(rest - dt, 0.0)
            v = i + (self.voltage[j] - i) * math.exp(-awake / self.tau_rc)
            if v > self.v_th[j]:
                s = self.tau_rc * math.log((i - self.v_th[j]) / (i - v))
                self.refractory_time[j] = self.tau_ref - s
                v, out[j] = 0.0, 1 / dt
            self.voltage[j] = v
        return out
