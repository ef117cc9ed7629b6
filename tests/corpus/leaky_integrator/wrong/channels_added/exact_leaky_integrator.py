# slip: channels added
# earns: 5
# named: channels_added
def exact_leaky_integrator(input_data, tau, dt):
    keep, v, out = np.exp(-dt / tau), 0, []
    for n, i in enumerate(input_data):
        v = np.sum(i) + (v - np.sum(i)) * keep
        out.append(v)
    return out
