# slip: arrays only
# earns: 7
# not named:
def leaky_integrator(input_data, tau):
    v, out = np.zeros(input_data.shape[1:]), []
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
    return out
