# slip: nothing for steps of zero
# earns: 5
# not named:
def exact_leaky_integrator(input_data, tau, dt):
    keep, v, out = np.exp(-1 / (tau / dt)), 0, []
    for n, i in enumerate(input_data):
        v = i + (v - i) * keep
        out.append(v)
    return out
