# slip: scaled twice
# earns: 0
# named: scaled_twice
def exact_leaky_integrator(input_data, tau, dt):
    keep, v, out = np.exp(-dt / tau), 0, []
    for n, i in enumerate(input_data):
        v = v + (i - v) * (1 - keep) * dt / tau
        out.append(v)
    return out
