def leaky_integrator(input_data=None, tau=10, *, v0=0.0, verbose=False):
    v, out = v0, []
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
    return out
