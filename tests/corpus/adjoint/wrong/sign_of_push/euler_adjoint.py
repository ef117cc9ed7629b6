# slip: the push has the wrong sign
# named: wrong_sign
def backwards(push, dt, tau_m, tau_s):
    V = I = 0.0
    for p in reversed(list(push)):
        V, I = V + (-p - V) * dt / tau_m, I + (V - I) * dt / tau_s
        yield V, I


def euler_adjoint(push, dt, tau_m=20.0, tau_s=5.0):
    return list(backwards(push, dt, tau_m, tau_s))[::-1]
