# slip: only decays
# earns: 0
# not named:
def exact_leaky_integrator(input_data, tau, dt):
    keep, v, out = np.exp(-dt / tau), 0, []
    for n, i in enumerate(input_data):
        v = v * keep
        out.append(v)
    return out
