# slip: zeros
# earns: 0
# not named:
def exact_leaky_integrator(input_data, tau, dt):
    return np.zeros_like(input_data, dtype=float)
