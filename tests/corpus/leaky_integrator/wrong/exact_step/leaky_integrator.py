# slip: exact step
# earns: 0
# named: exact_step
def leaky_integrator(input_data, tau):
    v, out = 0, []
    for n, i in enumerate(input_data):
        v = i + (v - i) * np.exp(-1 / tau)
        out.append(v)
    return out
