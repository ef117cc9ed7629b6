# slip: input by dt
# earns: 0
# named: input_by_length
def exact_leaky_integrator(input_data, tau, dt):
    keep, v, out = np.exp(-dt / tau), 0, []
    for n, i in enumerate(input_data):
        v = v * keep + i * dt
        out.append(v)
    return out
