import math
def exact_leaky_integrator(input_data, tau, dt):
    v, out = 0, []
    for i in input_data:
        v = v + (i - v) * -math.expm1(-dt / tau)
        out.append(v)
    return out
