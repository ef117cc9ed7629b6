def leaky_integrator(input_data, tau):
    current = np.array(input_data, dtype=float)
    v = np.zeros_like(current)
    v[0] = current[0] / tau
    for n in range(1, len(current)):
        v[n] = v[n - 1] + (current[n] - v[n - 1]) / tau
    return v
