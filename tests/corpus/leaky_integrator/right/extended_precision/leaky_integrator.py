def leaky_integrator(input_data, tau):
    v, out = np.longdouble(0), []
    for i in np.asarray(input_data, dtype=np.longdouble):
        v = v + (i - v) / tau
        out.append(v)
    return np.array(out)
