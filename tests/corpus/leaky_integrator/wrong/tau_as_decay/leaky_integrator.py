# slip: tau as decay
# earns: 0
# named: tau_as_decay
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = tau * v + i
        out.append(v)
    return out
