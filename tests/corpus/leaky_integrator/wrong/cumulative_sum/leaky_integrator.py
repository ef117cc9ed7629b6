# slip: cumulative sum
# earns: 0
# named: no_leak
def leaky_integrator(input_data, tau):
    return np.cumsum(input_data, axis=0) / tau
