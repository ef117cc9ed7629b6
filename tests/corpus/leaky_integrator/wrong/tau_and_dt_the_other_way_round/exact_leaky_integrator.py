# slip: tau and dt the other way round
# earns: 0
# named: upside_down
def exact_leaky_integrator(input_data, dt, tau):
    keep, v, out = np.exp(-dt / tau), 0, []
    for n, i in enumerate(input_data):
        v = i + (v - i) * keep
        out.append(v)
    return out
