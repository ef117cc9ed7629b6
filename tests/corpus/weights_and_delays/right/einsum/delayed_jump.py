def delayed_jump(lambdas, step, n, weights, delays, current, threshold):
    hears = np.arange(len(lambdas))[:, None] == step + delays
    felt = np.einsum("tm,m,tmk,k->", hears, weights, lambdas, [1, -1])
    own = lambdas[step, n, 0]
    return own + (threshold * own + felt) / (current - threshold)
