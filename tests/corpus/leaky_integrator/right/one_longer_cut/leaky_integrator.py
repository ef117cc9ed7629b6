def leaky_integrator(input_data, tau):
    x = np.asarray(input_data, float)
    v = np.zeros((len(x) + 1,) + x.shape[1:])
    for n in range(len(x)):
        v[n + 1] = v[n] + (x[n] - v[n]) / tau
    return v[1:]
