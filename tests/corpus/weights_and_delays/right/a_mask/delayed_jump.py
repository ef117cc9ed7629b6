def delayed_jump(lambdas, step, n, weights, delays, current, threshold):
    N, M, _ = lambdas.shape
    ok = step + delays <= N - 1
    at = np.where(ok, step + delays, 0)
    apart = (lambdas[..., 0] - lambdas[..., 1])[at, np.arange(M)]
    a = lambdas[step, n, 0]
    return (current * a + (weights * apart * ok).sum()) / (current - threshold)
