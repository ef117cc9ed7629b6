# slip: forgets itself
# earns: 0
# named: forgets_itself
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = (i - v) / tau
        out.append(v)
    return out
