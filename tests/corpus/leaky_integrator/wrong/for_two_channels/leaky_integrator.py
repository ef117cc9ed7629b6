# slip: for two channels
# earns: 6
# not named:
def leaky_integrator(input_data, tau):
    x = np.asarray(input_data, float)
    v = np.zeros(2) if x.ndim == 2 else 0
    out = []
    for i in x:
        v = v + (i - v) / tau
        out.append(v)
    return out
