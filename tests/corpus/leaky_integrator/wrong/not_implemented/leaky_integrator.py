# slip: not implemented
# earns: 0
# not named:
def leaky_integrator(input_data, tau):
    raise NotImplementedError()
