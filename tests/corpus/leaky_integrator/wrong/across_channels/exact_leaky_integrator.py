# slip: across channels
# earns: 5
# named: across_channels
def exact_leaky_integrator(input_data, tau, dt):
    x, keep, out = np.asarray(input_data, float).T, np.exp(-dt / tau), []
    v = np.zeros(x.shape[1:])
    for i in x:
        v = i + (v - i) * keep
        out.append(v)
    return np.array(out).T
