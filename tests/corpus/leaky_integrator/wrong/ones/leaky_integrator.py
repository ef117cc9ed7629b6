# slip: ones
# earns: 0
# not named:
def leaky_integrator(input_data, tau):
    return np.ones_like(input_data, dtype=float)
