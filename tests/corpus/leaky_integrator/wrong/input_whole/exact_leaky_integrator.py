# slip: input whole
# earns: 0
# named: input_unscaled
def exact_leaky_integrator(input_data, tau, dt):
    keep, v, out = np.exp(-dt / tau), 0, []
    for n, i in enumerate(input_data):
        v = v * keep + i
        out.append(v)
    return out
