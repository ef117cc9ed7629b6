class LIF:
    def __init__(self, n, tau_rc=0.02, tau_ref=0.002, v_th=1.0, t_step=0.001):
        self.n, self.tau_rc, self.tau_ref, self.t_step = n, tau_rc, tau_ref, t_step
        self.v_th = np.full(n, v_th, dtype=float)
        self.reset()

    def reset(self):
        self.voltage = np.zeros(self.n)
        self.refractory_time = np.zeros(self.n)

    def step(self, inputs):
        """When within the step the threshold is reached, counted from its beginning."""
        i, v0 = np.asarray(inputs, dtype=float), self.voltage
        awake = np.clip(self.t_step - self.refractory_time, 0, self.t_step)
        self.refractory_time = np.maximum(self.refractory_time - self.t_step, 0)
        v = i + (v0 - i) * np.exp(-awake / self.tau_rc)
        fired = v > self.v_th
        at = np.zeros(self.n)
        at[fired] = self.tau_rc * np.log((i - v0)[fired] / (i - self.v_th)[fired])
        self.refractory_time[fired] = (self.tau_ref - awake + at)[fired]
        self.voltage = np.where(fired, 0.0, v)
        return fired / self.t_step
