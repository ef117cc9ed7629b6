# slip: for a constant current
# earns: 3
# not named:
def leaky_integrator(input_data, tau):
    n = np.arange(1, len(input_data) + 1)
    return np.asarray(input_data)[0] * (1 - (1 - 1 / tau) ** n)
