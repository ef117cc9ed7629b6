def exact_leaky_integrator(input_data, tau, dt):
    if tau <= 0 or dt < 0:
        raise ValueError("time does not run backwards")
    v, out = 0, []
    for i in input_data:
        v = i * (1 - np.exp(-dt / tau)) + v * np.exp(-dt / tau)
        out.append(v)
    return out
