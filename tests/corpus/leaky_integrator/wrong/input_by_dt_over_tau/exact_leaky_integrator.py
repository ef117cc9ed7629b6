# slip: input by dt over tau
# earns: 0
# named: half_exact
def exact_leaky_integrator(input_data, tau, dt):
    keep, v, out = np.exp(-dt / tau), 0, []
    for n, i in enumerate(input_data):
        v = v * keep + i * dt / tau
        out.append(v)
    return out
