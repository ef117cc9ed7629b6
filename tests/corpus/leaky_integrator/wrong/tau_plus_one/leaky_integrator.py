# slip: tau plus one
# earns: 0
# named: backward_euler
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = v + (i - v) / (tau + 1)
        out.append(v)
    return out
