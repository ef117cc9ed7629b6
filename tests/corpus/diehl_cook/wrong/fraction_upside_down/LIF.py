# slip: the fraction in the logarithm is upside down
# never said: is added to the rest
class LIF:
    def __init__(self, n, tau_rc=0.02, tau_ref=0.002, v_th=1.0, t_step=0.001):
        self.n, self.tau_rc, self.tau_ref, self.t_step = n, tau_rc, tau_ref, t_step
        self.v_th = np.zeros(n) + v_th
        self.reset()

    def reset(self):
        self.voltage, self.refractory_time = np.zeros(self.n), np.zeros(self.n)

    def step(self, inputs):
        i = np.asarray(inputs, dtype=float)
        left = self.refractory_time
        awake = np.clip(self.t_step - left, 0, self.t_step)
        v = i + (self.voltage - i) * np.exp(-awake / self.tau_rc)
        fired = v > self.v_th
        with np.errstate(all="ignore"):
            since = np.where(fired, self.tau_rc * np.log((i - v) / (i - self.v_th)), 0)
        self.refractory_time = np.where(fired, self.tau_ref - since, np.maximum(left - self.t_step, 0))
        self.voltage = np.where(fired, 0, v)
        return fired / self.t_step
