def leaky_integrator(input_data, tau):
    n, v, out = 0, 0, []
    while n < len(input_data):
        v = v + (input_data[n] - v) / tau
        out.append(v)
        n += 1
    return out
