class LIF:
    def __init__(self, n, tau_rc=0.02, tau_ref=0.002, v_th=1.0, t_step=0.001):
        self.n, self.tau_rc, self.tau_ref, self.t_step = n, tau_rc, tau_ref, t_step
        self.v_th = np.full(n, v_th, dtype=float)
        self.reset()

    def reset(self):
        self.voltage = np.zeros(self.n)
        self.refractory_time = np.zeros(self.n)

    def step(self, inputs):
        i = np.array(inputs, dtype=float)
        awake = self.t_step - np.minimum(self.refractory_time, self.t_step)
        self.refractory_time = np.clip(self.refractory_time - self.t_step, 0, None)
        v = self.voltage * np.exp(-awake / self.tau_rc) - i * np.expm1(-awake / self.tau_rc)
        fired = v > self.v_th
        with np.errstate(all="ignore"):
            s = self.tau_rc * (np.log(i - self.v_th) - np.log(i - v))
        self.refractory_time = np.where(fired, self.tau_ref - s, self.refractory_time)
        self.voltage = np.where(fired, 0, v)
        return np.where(fired, 1 / self.t_step, 0)
