# slip: starts at the input
# earns: 0
# named: starts_at_input
def exact_leaky_integrator(input_data, tau, dt):
    keep, v, out = np.exp(-dt / tau), 0, []
    for n, i in enumerate(input_data):
        v = i if n == 0 else i + (v - i) * keep
        out.append(v)
    return out
