# slip: backward
# earns: 0
# named: backward_euler
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = (v + i / tau) / (1 + 1 / tau)
        out.append(v)
    return out
