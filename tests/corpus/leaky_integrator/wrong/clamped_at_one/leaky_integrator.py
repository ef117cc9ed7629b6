# slip: clamped at one
# earns: 4
# not named:
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = np.minimum(v + (i - v) / tau, 1)
        out.append(v)
    return out
