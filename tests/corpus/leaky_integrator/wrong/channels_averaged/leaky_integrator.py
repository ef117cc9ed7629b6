# slip: channels averaged
# earns: 6
# named: channels_averaged
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = v + (np.mean(i) - v) / tau
        out.append(v)
    return out
