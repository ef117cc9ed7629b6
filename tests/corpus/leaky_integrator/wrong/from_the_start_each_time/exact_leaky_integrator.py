# slip: from the start each time
# earns: 0
# named: from_zero_each_time
def exact_leaky_integrator(input_data, tau, dt):
    keep, v, out = np.exp(-dt / tau), 0, []
    for n, i in enumerate(input_data):
        v = i * (1 - np.exp(-(n + 1) * dt / tau))
        out.append(v)
    return out
