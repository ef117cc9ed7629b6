# slip: absolute
# earns: 3
# not named:
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = np.abs(v + (i - v) / tau)
        out.append(v)
    return out
