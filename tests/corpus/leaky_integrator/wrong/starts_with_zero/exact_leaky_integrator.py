# slip: starts with zero
# earns: 0
# named: starts_with_zero
def exact_leaky_integrator(input_data, tau, dt):
    keep, v, out = np.exp(-dt / tau), 0, []
    for n, i in enumerate(input_data):
        v = i + (v - i) * keep
        out.append(v)
    return [0 * out[0]] + out
