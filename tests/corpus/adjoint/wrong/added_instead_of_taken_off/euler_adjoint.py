# slip: the leak of lambda_V has the wrong sign
# named: runs_away
def euler_adjoint(push, dt, tau_m=20.0, tau_s=5.0):
    v = i = 0.0
    rows = []
    for p in push[::-1]:
        v, i = v + dt * (p + v) / tau_m, i + dt * (v - i) / tau_s
        rows.insert(0, [v, i])
    return rows
