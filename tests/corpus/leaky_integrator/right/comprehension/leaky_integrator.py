def leaky_integrator(input_data, tau):
    v = 0
    return [v := v + (i - v) / tau for i in input_data]
