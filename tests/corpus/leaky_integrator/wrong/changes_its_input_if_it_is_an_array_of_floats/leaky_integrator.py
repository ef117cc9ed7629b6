# slip: changes its input, if it is an array of floats
# earns: 7
# not named:
def leaky_integrator(input_data, tau):
    x, v = np.asarray(input_data, dtype=float), 0
    for n, i in enumerate(x.copy()):
        v = v + (i - v) / tau
        x[n] = v
    return x
