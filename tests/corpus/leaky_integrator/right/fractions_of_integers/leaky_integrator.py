def leaky_integrator(input_data, tau):
    x = np.asarray(input_data)
    v, out = np.zeros(x.shape[1:]), []
    for i in x:
        v = (v * (tau - 1) + i) / tau
        out.append(v)
    return out
