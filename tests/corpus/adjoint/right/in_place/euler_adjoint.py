def euler_adjoint(push, dt, tau_m=20.0, tau_s=5.0):
    lam = np.zeros((len(push) + 1, 2))
    for n in reversed(range(len(push))):
        lam[n] = lam[n + 1]
        lam[n, 0] += dt / tau_m * (push[n] - lam[n + 1, 0])
        lam[n, 1] += dt / tau_s * (lam[n + 1, 0] - lam[n + 1, 1])
    return lam[:-1]
