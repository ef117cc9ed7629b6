# slip: whole numbers
# earns: 7
# named: whole_numbers_stored
def leaky_integrator(input_data, tau):
    x = np.asarray(input_data)
    out, v = np.zeros_like(x), np.zeros(x.shape[1:])
    for n, i in enumerate(x):
        v = v + (i - v) / tau
        out[n] = v
    return out
