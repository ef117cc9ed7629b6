# slip: offset of a thousandth
# earns: 0
# not named:
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = v + (i - v) / tau
        out.append(v)
    return [v + 1e-3 for v in out]
