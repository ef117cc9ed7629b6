# slip: no leak, no tau
# earns: 0
# named: sum_of_inputs
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = v + i
        out.append(v)
    return out
