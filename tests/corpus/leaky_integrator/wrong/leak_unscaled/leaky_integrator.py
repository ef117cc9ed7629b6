# slip: leak unscaled
# earns: 0
# named: leak_unscaled
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = v + i / tau - v
        out.append(v)
    return out
