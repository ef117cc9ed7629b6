# slip: a is lambda_V - p, with no factor
# named: another_factor
def exact_adjoint(push, dt, tau_m=20.0, tau_s=5.0):
    rows, v, i = [], 0.0, 0.0
    for p in reversed(list(push)):
        a = v - p
        b = i - p - a
        v, i = p + a * math.exp(-dt / tau_m), p + a * math.exp(-dt / tau_m) + b * math.exp(-dt / tau_s)
        rows.append([v, i])
    return np.array(rows)[::-1]
