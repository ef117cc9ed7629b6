# slip: a generator
# earns: 0
# not named:
def leaky_integrator(input_data, tau):
    v = 0
    for i in input_data:
        v = v + (i - v) / tau
        yield v
