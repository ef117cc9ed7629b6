from itertools import accumulate
def leaky_integrator(input_data, tau):
    return list(accumulate(input_data, lambda v, i: v + (i - v) / tau, initial=0))[1:]
