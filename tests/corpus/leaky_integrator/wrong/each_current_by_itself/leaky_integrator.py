# slip: each current by itself
# earns: 3
# not named:
def leaky_integrator(input_data, tau):
    x = np.asarray(input_data, float)
    n = np.arange(1, len(x) + 1).reshape(-1, *[1] * (x.ndim - 1))
    return x * (1 - (1 - 1 / tau) ** n)
