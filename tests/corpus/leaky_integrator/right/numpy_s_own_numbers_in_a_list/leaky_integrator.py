def leaky_integrator(input_data, tau):
    v, out = np.float32(0), []
    for i in np.asarray(input_data, dtype=np.float32):
        v = np.float32(v + (i - v) / np.float32(tau)) if np.ndim(i) == 0 else v + (i - v) / np.float32(tau)
        out.append(v)
    return out
