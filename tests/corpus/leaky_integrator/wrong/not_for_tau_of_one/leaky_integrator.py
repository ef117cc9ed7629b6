# slip: not for tau of one
# earns: 7
# not named:
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = v + (i - v) / tau if tau > 1 else v
        out.append(v)
    return out
