# slip: a number
# earns: 0
# not named:
def leaky_integrator(input_data, tau):
    return 8.0
