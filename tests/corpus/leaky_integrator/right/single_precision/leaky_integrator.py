def leaky_integrator(input_data, tau):
    x = np.asarray(input_data, dtype=np.float32)
    out, v = np.empty_like(x), np.zeros(x.shape[1:], dtype=np.float32)
    for n in range(len(x)):
        v = v + (x[n] - v) / np.float32(tau)
        out[n] = v
    return out
