# slip: returns the input
# earns: 0
# not named:
def leaky_integrator(input_data, tau):
    return input_data
