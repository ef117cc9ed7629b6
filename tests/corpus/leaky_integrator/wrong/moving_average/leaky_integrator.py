# slip: moving average
# earns: 0
# not named:
def leaky_integrator(input_data, tau):
    x, width = np.asarray(input_data, float), int(tau)
    return np.array([x[max(0, n - width + 1) : n + 1].sum(axis=0) / tau for n in range(len(x))])
