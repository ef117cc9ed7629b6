# slip: exponential factor
# earns: 0
# named: exponential_decay
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = np.exp(-1 / tau) * v + i
        out.append(v)
    return out
