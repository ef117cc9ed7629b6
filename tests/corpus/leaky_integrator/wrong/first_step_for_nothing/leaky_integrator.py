# slip: first step for nothing
# earns: 0
# not named:
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = 0 * i if n == 0 else v + (i - v) / tau
        out.append(v)
    return out
