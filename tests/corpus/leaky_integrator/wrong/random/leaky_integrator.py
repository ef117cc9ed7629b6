# slip: random
# earns: 0
# not named:
def leaky_integrator(input_data, tau):
    return np.random.random(np.shape(input_data))
