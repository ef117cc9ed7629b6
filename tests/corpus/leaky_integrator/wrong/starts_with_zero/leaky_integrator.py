# slip: starts with zero
# earns: 0
# named: starts_with_zero
def leaky_integrator(input_data, tau):
    v, out = 0, [0 * input_data[0]]
    for n, i in enumerate(input_data):
        v = v + (i - v) / tau
        out.append(v)
    return out
