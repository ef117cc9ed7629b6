# slip: a tau below one is taken for one
# earns: 7
# not named:
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = v + (i - v) / max(tau, 1)
        out.append(v)
    return out
