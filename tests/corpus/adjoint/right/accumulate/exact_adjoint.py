from itertools import accumulate


def exact_adjoint(push, dt, tau_m=20.0, tau_s=5.0):
    em, es, k = math.exp(-dt / tau_m), math.exp(-dt / tau_s), tau_m / (tau_m - tau_s)

    def back(lam, p):
        v, i = lam[0] - p, lam[1] - p
        return p + v * em, p + k * v * em + (i - k * v) * es

    return list(accumulate(push[::-1], back, initial=(0.0, 0.0)))[:0:-1]
