# slip: one step late
# earns: 0
# named: one_step_late
def exact_leaky_integrator(input_data, tau, dt):
    keep, v, out = np.exp(-dt / tau), 0, []
    for n, i in enumerate(input_data):
        out.append(v); v = i + (v - i) * keep; continue
        out.append(v)
    return out
