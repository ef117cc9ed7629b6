# slip: returns inside the loop
# earns: 0
# named: only_first
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
        return out
