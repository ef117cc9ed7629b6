# slip: cut kernel
# earns: 0
# not named:
def leaky_integrator(input_data, tau):
    x = np.asarray(input_data, float)
    k = (1 - 1 / tau) ** np.arange(5) / tau
    return np.array([sum(k[j] * x[n - j] for j in range(min(5, n + 1))) for n in range(len(x))])
