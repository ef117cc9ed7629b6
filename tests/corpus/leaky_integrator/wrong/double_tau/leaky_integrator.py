# slip: double tau
# earns: 0
# named: double_tau
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = v + (1 / tau) * (i - v) / tau
        out.append(v)
    return out
