def leaky_integrator(input_data, tau):
    if tau <= 0:
        raise ValueError("tau must be positive")
    v, out = 0, []
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
    return out
