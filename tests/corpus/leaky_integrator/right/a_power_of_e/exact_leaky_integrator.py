def exact_leaky_integrator(input_data, tau, dt):
    keep = 2.718281828459045 ** (-dt / tau)
    v, out = 0, []
    for i in input_data:
        v = keep * v + (1 - keep) * i
        out.append(v)
    return np.array(out)
