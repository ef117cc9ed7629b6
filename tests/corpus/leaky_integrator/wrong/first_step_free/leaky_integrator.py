# slip: first step free
# earns: 0
# named: starts_at_input
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = i if n == 0 else v + (i - v) / tau
        out.append(v)
    return out
