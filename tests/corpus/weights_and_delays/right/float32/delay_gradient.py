def delay_gradient(arrived, weights, lambdas):
    out = np.zeros(weights.shape, dtype=np.float32)
    for a, l in zip(arrived, lambdas):
        s, r = a[1:].astype(int)
        out[s, r] += np.float32(weights[s, r] * (l[0] - l[1]))
    return out
