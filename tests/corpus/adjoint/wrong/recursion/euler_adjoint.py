# slip: a call for each step, and Python ends a recursion after 1000 calls or so
# earns: 5
# said: a loop has no end of that kind
def euler_adjoint(push, dt, tau_m=20.0, tau_s=5.0):
    if len(push) == 0:
        return np.zeros((0, 2))
    later = euler_adjoint(push[1:], dt, tau_m, tau_s)
    V, I = later[0] if len(later) else (0.0, 0.0)
    now = [V + dt * (push[0] - V) / tau_m, I + dt * (V - I) / tau_s]
    return np.vstack([now, later])
