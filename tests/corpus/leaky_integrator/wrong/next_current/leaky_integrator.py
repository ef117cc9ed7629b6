# slip: next current
# earns: 3
# named: one_step_early
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n in range(len(input_data)):
        i = input_data[min(n + 1, len(input_data) - 1)]
        v = v + (i - v) / tau
        out.append(v)
    return out
