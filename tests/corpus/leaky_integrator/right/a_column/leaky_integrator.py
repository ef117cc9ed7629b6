def leaky_integrator(input_data, tau):
    x = np.asarray(input_data, float)
    x = x.reshape(len(x), -1)
    v, out = np.zeros(x.shape[1]), np.empty_like(x)
    for n, i in enumerate(x):
        v = v + (i - v) / tau
        out[n] = v
    return out
