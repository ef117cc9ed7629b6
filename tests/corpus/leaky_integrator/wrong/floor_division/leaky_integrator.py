# slip: floor division
# earns: 0
# named: whole_division
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = v + (i - v) // tau
        out.append(v)
    return out
