# slip: lists only
# earns: 0
# not named:
def leaky_integrator(input_data, tau):
    v, out = 0, []
    while input_data:
        i = input_data.pop(0)
        v = v + (i - v) / tau
        out.append(v)
    return out
