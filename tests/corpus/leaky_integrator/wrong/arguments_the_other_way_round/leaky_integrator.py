# slip: arguments the other way round
# earns: 0
# not named:
def leaky_integrator(tau, input_data):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = v + (i - v) / tau
        out.append(v)
    return out
