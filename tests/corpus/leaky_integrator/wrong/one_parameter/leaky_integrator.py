# slip: one parameter
# earns: 0
# not named:
def leaky_integrator(input_data):
    return input_data
