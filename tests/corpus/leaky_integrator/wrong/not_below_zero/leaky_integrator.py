# slip: not below zero
# earns: 3
# named: never_below_zero
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = v + (np.maximum(i, 0) - v) / tau
        out.append(v)
    return out
