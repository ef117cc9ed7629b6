# slip: three parameters
# earns: 0
# not named:
def leaky_integrator(input_data, tau, dt):
    return input_data
