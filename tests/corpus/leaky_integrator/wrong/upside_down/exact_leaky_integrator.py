# slip: upside down
# earns: 0
# named: upside_down
def exact_leaky_integrator(input_data, tau, dt):
    keep, v, out = np.exp(-tau / dt), 0, []
    for n, i in enumerate(input_data):
        v = i + (v - i) * keep
        out.append(v)
    return out
