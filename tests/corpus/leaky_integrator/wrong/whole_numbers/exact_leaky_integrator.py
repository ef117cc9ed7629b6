# slip: whole numbers
# earns: 5
# named: whole_numbers_stored
def exact_leaky_integrator(input_data, tau, dt):
    x, keep = np.asarray(input_data), np.exp(-dt / tau)
    out, v = np.zeros_like(x), np.zeros(x.shape[1:])
    for n, i in enumerate(x):
        v = i + (v - i) * keep
        out[n] = v
    return out
