def euler(input_data, tau):
    v, out = 0, []
    for i in input_data:
        v = v + (i - v) / tau
        out.append(v)
    return out
def exact_leaky_integrator(input_data, tau, dt):
    return euler(input_data, 1 / (1 - np.exp(-dt / tau)))
