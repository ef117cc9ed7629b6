def leaky_integrator(input_data, tau):
    v, out = 0.0, []
    for i in input_data:
        v += (i - v) / tau  # a new array each time: v begins as a float, and an array row is added to it
        out.append(v * 1)
    return out
