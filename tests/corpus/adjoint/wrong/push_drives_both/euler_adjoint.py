# slip: lambda_I follows the push
# named: lambda_I_follows_the_push
def euler_adjoint(push, dt, tau_m=20.0, tau_s=5.0):
    lam = np.zeros((len(push) + 1, 2))
    for n in range(len(push) - 1, -1, -1):
        lam[n] = lam[n + 1] + dt * (push[n] - lam[n + 1]) / np.array([tau_m, tau_s])
    return lam[:-1]
