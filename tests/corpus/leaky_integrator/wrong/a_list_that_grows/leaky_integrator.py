# slip: a list that grows
# earns: 0
# not named:
def leaky_integrator(input_data, tau, out=[]):
    v = 0
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
    return out
