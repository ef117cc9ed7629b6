# slip: the voltage is not set to 0
# named: keeps_its_voltage
class LIF:
    def __init__(self, n, tau_rc=0.02, tau_ref=0.002, v_th=1.0, t_step=0.001):
        self.n, self.tau_rc, self.tau_ref, self.t_step = n, tau_rc, tau_ref, t_step
        self.v_th = np.zeros(n) + v_th
        self.reset()

    def reset(self):
        self.voltage, self.refractory_time = np.zeros(self.n), np.zeros(self.n)

    def step(self, inputs):
        i, dt = np.asarray(inputs, dtype=float), self.t_step
        awake = np.clip(dt - self.refractory_time, 0, dt)
        self.refractory_time = np.maximum(self.refractory_time - dt, 0)
        self.voltage = i + (self.voltage - i) * np.exp(-awake / self.tau_rc)
        fired = self.voltage > self.v_th
        s = self.tau_rc * np.log((i - self.v_th)[fired] / (i - self.voltage)[fired])
        self.refractory_time[fired] = self.tau_ref - s
        return fired / dt
