# slip: dt ignored
# earns: 2
# named: step_ignored
def exact_leaky_integrator(input_data, tau, dt):
    keep, v, out = np.exp(-1 / tau), 0, []
    for n, i in enumerate(input_data):
        v = i + (v - i) * keep
        out.append(v)
    return out
