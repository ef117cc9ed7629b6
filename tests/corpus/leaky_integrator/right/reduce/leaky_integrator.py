from functools import reduce
def leaky_integrator(input_data, tau):
    return reduce(lambda vs, i: vs + [vs[-1] + (i - vs[-1]) / tau], input_data, [0])[1:]
