# slip: euler
# earns: 0
# named: euler
def exact_leaky_integrator(input_data, tau, dt):
    keep, v, out = np.exp(-dt / tau), 0, []
    for n, i in enumerate(input_data):
        v = v + dt * (i - v) / tau
        out.append(v)
    return out
