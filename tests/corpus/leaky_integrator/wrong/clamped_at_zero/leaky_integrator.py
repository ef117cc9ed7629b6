# slip: clamped at zero
# earns: 3
# named: never_below_zero
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = np.maximum(v + (i - v) / tau, 0)
        out.append(v)
    return out
