# slip: starts at the input
# earns: 0
# named: starts_at_input
def leaky_integrator(input_data, tau):
    v, out = input_data[0], []
    for n, i in enumerate(input_data):
        v = v + (i - v) / tau
        out.append(v)
    return out
