# slip: decays, input whole
# earns: 0
# named: input_unscaled
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = (1 - 1 / tau) * v + i
        out.append(v)
    return out
