class LIF:
    def __init__(self, n, tau_rc=0.02, tau_ref=0.002, v_th=1.0, t_step=0.001):
        self.n, self.tau_rc, self.tau_ref, self.t_step = n, tau_rc, tau_ref, t_step
        self.v_th = np.full(n, v_th, dtype=float)
        self.reset()

    def reset(self):
        self.voltage = np.zeros(self.n)
        self.refractory_time = np.zeros(self.n)

    def step(self, inputs):
        i = np.asarray(inputs, dtype=np.float32)
        awake = np.clip(self.t_step - self.refractory_time, 0, self.t_step)
        self.refractory_time = np.maximum(self.refractory_time - self.t_step, 0)
        self.voltage = i + (self.voltage - i) * np.exp(-awake / self.tau_rc)
        fired = self.voltage > self.v_th
        ratio = (i - self.v_th)[fired] / (i - self.voltage)[fired]
        self.refractory_time[fired] = self.tau_ref - self.tau_rc * np.log(ratio)
        self.voltage[fired] = 0
        return (fired / self.t_step).astype(np.float32)
