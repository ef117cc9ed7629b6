# slip: rounded to two places
# earns: 0
# not named:
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = np.round(v + (i - v) / tau, 2)
        out.append(v)
    return out
