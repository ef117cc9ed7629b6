def leaky_integrator(input_data, tau):
    v, out = 0, []
    for i in np.asarray(input_data, dtype=object):
        v = v + (i - v) / tau
        out.append(v)
    return np.array(out, dtype=object)
