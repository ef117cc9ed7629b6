def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = v + (i - v) / tau
        print("step", n, "current", i, "voltage", v)
        out.append(v)
    return out
