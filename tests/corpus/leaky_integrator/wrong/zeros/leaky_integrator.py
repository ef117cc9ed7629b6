# slip: zeros
# earns: 0
# not named:
def leaky_integrator(input_data, tau):
    return np.zeros_like(input_data, dtype=float)
