# slip: the same array
# earns: 0
# named: same_array
def exact_leaky_integrator(input_data, tau, dt):
    x, keep, out = np.asarray(input_data, float), np.exp(-dt / tau), []
    v = np.zeros(x.shape[1:])
    for i in x:
        v *= keep
        v += i * (1 - keep)
        out.append(v)
    return out
