def leaky_integrator(input_data, tau):
    v, out = 0, []
    for i in np.asarray(input_data, float):
        v = v + (i - v) / tau
        out.append(v)
    return np.matrix(out)
