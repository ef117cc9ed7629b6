# slip: backward euler
# earns: 0
# named: backward_euler
def exact_leaky_integrator(input_data, tau, dt):
    keep, v, out = 1 / (1 + dt / tau), 0, []
    for n, i in enumerate(input_data):
        v = i + (v - i) * keep
        out.append(v)
    return out
