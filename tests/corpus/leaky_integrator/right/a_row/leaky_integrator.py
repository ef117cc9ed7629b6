def leaky_integrator(input_data, tau):
    x = np.atleast_2d(np.asarray(input_data, float).T).T  # (T,) as (T, 1)
    v, out = np.zeros(x.shape[1]), np.empty_like(x)
    for n, i in enumerate(x):
        v = v + (i - v) / tau
        out[n] = v
    return out.T if np.ndim(input_data) == 1 else out
