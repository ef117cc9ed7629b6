# slip: not a number
# earns: 0
# not named:
def leaky_integrator(input_data, tau):
    return np.full(np.shape(input_data), np.nan)
