def euler_adjoint(push, dt, tau_m=20.0, tau_s=5.0):
    lambda_V = lambda_I = 0.0
    rec = np.zeros((len(push), 2))
    for iT in range(len(push), 0, -1):
        lambda_I = lambda_I + (lambda_V - lambda_I) / tau_s * dt
        lbdv = lambda_V
        lambda_V = lambda_V + push[iT - 1] / tau_m * dt - lbdv / tau_m * dt
        rec[iT - 1] = lambda_V, lambda_I
    return rec
