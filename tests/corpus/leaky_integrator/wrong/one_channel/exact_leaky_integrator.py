# slip: one channel
# earns: 5
# not named:
def exact_leaky_integrator(input_data, tau, dt):
    keep, v, out = np.exp(-dt / tau), 0, []
    for n, i in enumerate(input_data):
        v = float(i) + (v - float(i)) * keep
        out.append(v)
    return out
