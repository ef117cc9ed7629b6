def leaky_integrator(*arguments, **named):
    input_data, tau = arguments
    v, out = 0, []
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
    return np.array(out)
