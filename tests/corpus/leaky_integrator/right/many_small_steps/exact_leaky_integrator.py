def exact_leaky_integrator(input_data, tau, dt):
    keep = (1 - dt / tau / 2**24) ** 2**24
    v, out = 0, []
    for i in input_data:
        v = i + (v - i) * keep
        out.append(v)
    return out
