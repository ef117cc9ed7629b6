# slip: changes what it returned before
# earns: 7
# not named:
buffer = {}
def leaky_integrator(input_data, tau):
    out = buffer.setdefault(np.shape(input_data)[1:], np.zeros((10000, *np.shape(input_data)[1:])))
    v = 0
    for n, i in enumerate(input_data):
        v = v + (i - v) / tau
        out[n] = v
    return out[: len(input_data)]
