# slip: returns the input
# earns: 0
# not named:
def exact_leaky_integrator(input_data, tau, dt):
    return input_data
