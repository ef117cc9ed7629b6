# slip: tau fixed at ten
# earns: 0
# named: always_one_tau
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = v + (i - v) / 10
        out.append(v)
    return out
