def euler_adjoint(push, dt, tau_m=20.0, tau_s=5.0):
    step = np.array([[1 - dt / tau_m, 0], [dt / tau_s, 1 - dt / tau_s]])
    x, rows = np.zeros(2), np.empty((len(push), 2))
    for n in reversed(range(len(push))):
        x = step @ x + np.array([push[n] * dt / tau_m, 0])
        rows[n] = x
    return rows
