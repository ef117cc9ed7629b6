class Backwards:
    def __init__(self, dt, tau_m, tau_s):
        self.dt, self.tau_m, self.tau_s = dt, tau_m, tau_s
        self.V = self.I = 0.0

    def step(self, push):
        dV, dI = (push - self.V) / self.tau_m, (self.V - self.I) / self.tau_s
        self.V += self.dt * dV
        self.I += self.dt * dI
        return self.V, self.I


def euler_adjoint(push, dt, tau_m=20.0, tau_s=5.0):
    state = Backwards(dt, tau_m, tau_s)
    return [state.step(p) for p in reversed(push)][::-1]
