# slip: returns the current over tau
# earns: 0
# named: leak_unscaled
def leaky_integrator(input_data, tau):
    return np.asarray(input_data) / tau
