# slip: one step late
# earns: 0
# named: one_step_late
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        out.append(v); v = v + (i - v) / tau; continue
        out.append(v)
    return out
