# slip: as leaky_integrator
# earns: 0
# not named:
def exact_leaky_integrator(input_data, tau):
    return input_data
