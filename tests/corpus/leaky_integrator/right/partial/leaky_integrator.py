from functools import partial
def integrate(input_data, tau, v0, h):
    v, out = v0, []
    for i in input_data:
        v = v + h * (i - v) / tau
        out.append(v)
    return out
leaky_integrator = partial(integrate, v0=0, h=1)
