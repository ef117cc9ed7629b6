def leaky_integrator(input_data, tau):
    v = 0
    voltages = []
    for i in input_data:
        v = v + (i - v) / tau
        voltages.append(v)
    return voltages
