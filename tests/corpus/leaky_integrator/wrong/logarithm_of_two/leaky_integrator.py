# slip: logarithm of two
# earns: 0
# not named:
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = v + (i - v) * np.log(2) / tau
        out.append(v)
    return out
