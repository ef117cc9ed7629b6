# slip: it never sinks
# named: never_sinks
class AdaptiveThreshold:
    def __init__(self, n, v_th=1.0, plus=0.1, tau=1.0, t_step=0.001):
        self.v_th, self.plus, self.keep = v_th, plus, math.exp(-t_step / tau)
        self.extra = [0.0] * n

    def step(self, spikes):
        self.extra = [one + (self.plus if s > 0 else 0) for one, s in zip(self.extra, spikes)]
        return [self.v_th + one for one in self.extra]
