# slip: starts at one
# earns: 0
# named: starts_at_one
def leaky_integrator(input_data, tau):
    v, out = 1, []
    for n, i in enumerate(input_data):
        v = v + (i - v) / tau
        out.append(v)
    return out
