# slip: parts swapped
# earns: 0
# named: swapped_parts
def exact_leaky_integrator(input_data, tau, dt):
    keep, v, out = np.exp(-dt / tau), 0, []
    for n, i in enumerate(input_data):
        v = v + (i - v) * keep
        out.append(v)
    return out
