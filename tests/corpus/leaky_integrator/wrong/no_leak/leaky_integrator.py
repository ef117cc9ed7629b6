# slip: no leak
# earns: 0
# named: no_leak
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = v + i / tau
        out.append(v)
    return out
