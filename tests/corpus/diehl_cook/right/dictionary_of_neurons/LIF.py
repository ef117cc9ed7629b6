class LIF:
    def __init__(self, n, tau_rc=0.02, tau_ref=0.002, v_th=1.0, t_step=0.001):
        self.n, self.tau_rc, self.tau_ref, self.t_step = n, tau_rc, tau_ref, t_step
        self.v_th = np.full(n, v_th, dtype=float)
        self.reset()

    def reset(self):
        self.voltage = np.zeros(self.n)
        self.refractory_time = np.zeros(self.n)

    def step(self, inputs):
        said = []
        for j, i in enumerate(np.asarray(inputs, dtype=float)):
            fired, self.voltage[j], self.refractory_time[j] = self.one(
                i, self.voltage[j], self.refractory_time[j], np.broadcast_to(self.v_th, self.n)[j]
            )
            said.append(fired / self.t_step)
        return said

    def one(self, i, v, rest, threshold):
        awake = sorted([0.0, self.t_step - rest, self.t_step])[1]
        v = i + (v - i) * math.exp(-awake / self.tau_rc)
        if v <= threshold:
            return 0, v, max(rest - self.t_step, 0)
        return 1, 0.0, self.tau_ref - self.tau_rc * math.log((i - threshold) / (i - v))
