# slip: the rest counts whole steps
# named: rests_from_the_end_of_the_step
class LIF:
    def __init__(self, n, tau_rc=0.02, tau_ref=0.002, v_th=1.0, t_step=0.001):
        self.n, self.tau_rc, self.tau_ref, self.t_step = n, tau_rc, tau_ref, t_step
        self.v_th = np.ones(n) * v_th
        self.reset()

    def reset(self):
        self.voltage = np.zeros(self.n)
        self.refractory_time = np.zeros(self.n)

    def step(self, inputs):
        dt, out = self.t_step, np.zeros(self.n)
        for j in range(self.n):
            awake = min(max(dt - self.refractory_time[j], 0), dt)
            self.refractory_time[j] = max(self.refractory_time[j] - dt, 0)
            i = inputs[j]
            self.voltage[j] = i + (self.voltage[j] - i) * np.exp(-awake / self.tau_rc)
            if self.voltage[j] > self.v_th[j]:
                before_the_end = 0
                self.refractory_time[j] = self.tau_ref - before_the_end
                self.voltage[j] = 0
                out[j] = 1 / dt
        return out
