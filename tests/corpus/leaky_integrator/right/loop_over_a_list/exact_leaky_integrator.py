def exact_leaky_integrator(input_data, tau, dt):
    keep = np.exp(-dt / tau)
    v, out = 0, []
    for i in input_data:
        v = i + (v - i) * keep
        out.append(v)
    return out
