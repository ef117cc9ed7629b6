class LIF:
    def __init__(self, n, tau_rc=0.02, tau_ref=0.002, v_th=1.0, t_step=0.001):
        self.n, self.tau_rc, self.tau_ref, self.t_step = n, tau_rc, tau_ref, t_step
        self.v_th = np.full(n, v_th, dtype=float)
        self.reset()

    def reset(self):
        self.voltage = np.zeros(self.n)
        self.refractory_time = np.zeros(self.n)

    def step(self, inputs):
        i = np.asarray(inputs, dtype=float)
        awake = np.clip(self.t_step - self.refractory_time, 0, self.t_step)
        self.refractory_time = np.maximum(self.refractory_time - self.t_step, 0)
        self.voltage += (i - self.voltage) * (1 - np.exp(-awake / self.tau_rc))
        who = np.flatnonzero(self.voltage > self.v_th)
        ago = np.log1p((self.voltage[who] - self.v_th[who]) / (i[who] - self.voltage[who])) * self.tau_rc
        self.refractory_time[who] = self.tau_ref - ago
        self.voltage[who] = 0
        spikes = np.zeros(self.n)
        spikes[who] = 1 / self.t_step
        return spikes
