# slip: lambda_I follows the old lambda_V, as if it held still during the step
# never said: the lambda_V of the end of the step
def exact_adjoint(push, dt, tau_m=20.0, tau_s=5.0):
    a, b = math.exp(-dt / tau_m), math.exp(-dt / tau_s)
    V = I = 0.0
    rows = []
    for p in reversed(list(push)):
        I = V + (I - V) * b
        V = p + (V - p) * a
        rows.append((V, I))
    return rows[::-1]
