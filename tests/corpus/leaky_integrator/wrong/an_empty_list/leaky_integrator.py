# slip: an empty list
# earns: 0
# not named:
def leaky_integrator(input_data, tau):
    return []
