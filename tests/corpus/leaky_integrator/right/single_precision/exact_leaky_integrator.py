def exact_leaky_integrator(input_data, tau, dt):
    x = np.asarray(input_data, dtype=np.float32)
    keep = np.exp(np.float32(-dt / tau))
    out, v = np.empty_like(x), np.zeros(x.shape[1:], np.float32)
    for n, i in enumerate(x):
        v = out[n] = i + (v - i) * keep
    return out
