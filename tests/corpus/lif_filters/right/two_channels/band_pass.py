def band_pass(signal, low, high):
    tau = 1 / (2 * np.pi * np.array([high, low]))
    v, out = np.zeros(2), []
    for i in np.asarray(signal, dtype=np.float32):
        v = v + (i - v) / tau
        out.append(v[0] - v[1])
    return np.array(out)
