# slip: changes its input
# earns: 6
# named: whole_numbers_stored
def leaky_integrator(input_data, tau):
    v = 0
    for n, i in enumerate(input_data):
        v = v + (i - v) / tau
        input_data[n] = v
    return input_data
