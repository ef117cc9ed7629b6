# slip: raises
# earns: 0
# not named:
def leaky_integrator(input_data, tau):
    raise RuntimeError('no idea')
