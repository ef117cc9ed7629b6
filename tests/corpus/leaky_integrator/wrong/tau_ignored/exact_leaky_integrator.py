# slip: tau ignored
# earns: 0
# named: tau_ignored
def exact_leaky_integrator(input_data, tau, dt):
    keep, v, out = np.exp(-dt), 0, []
    for n, i in enumerate(input_data):
        v = i + (v - i) * keep
        out.append(v)
    return out
