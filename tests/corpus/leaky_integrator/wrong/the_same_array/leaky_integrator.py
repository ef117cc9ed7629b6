# slip: the same array
# earns: 0
# named: same_array
def leaky_integrator(input_data, tau):
    x = np.asarray(input_data, float)
    v, out = np.zeros(x.shape[1:]), []
    for i in x:
        v += (i - v) / tau
        out.append(v)
    return out
