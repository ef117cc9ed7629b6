def leaky_integrator(input_data, tau):
    v, out = 0, ()
    for i in input_data:
        v = v + (i - v) / tau
        out += (v,)
    return out
