def voltages(input_data, tau):
    v = 0
    for i in input_data:
        v = v + (i - v) / tau
        yield v
def leaky_integrator(input_data, tau):
    return list(voltages(input_data, tau))
