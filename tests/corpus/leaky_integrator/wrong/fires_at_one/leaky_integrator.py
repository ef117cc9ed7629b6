# slip: fires at one
# earns: 4
# not named:
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = v + (i - v) / tau
        v = np.where(v >= 1, 0, v)
        out.append(v)
    return out
