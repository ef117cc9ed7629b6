# slip: across channels
# earns: 6
# named: across_channels
def leaky_integrator(input_data, tau):
    x = np.asarray(input_data, float)
    if x.ndim == 1:
        v, out = 0, []
        for i in x:
            v = v + (i - v) / tau
            out.append(v)
        return out
    return np.array([leaky_integrator(row, tau) for row in x])
