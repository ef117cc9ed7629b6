# slip: midpoint
# earns: 0
# not named:
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        k = (i - v) / tau; v = v + (i - v - k / 2) / tau
        out.append(v)
    return out
