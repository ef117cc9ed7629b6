def leaky_integrator(input_data, tau):
    keep = 1 - 1 / tau
    v, out = 0, []
    for i in input_data:
        out.append(v := keep * v + (1 - keep) * i)
    return out
