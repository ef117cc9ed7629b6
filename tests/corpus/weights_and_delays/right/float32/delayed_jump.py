def delayed_jump(lambdas, step, n, weights, delays, current, threshold):
    felt = np.float32(0)
    for m, d in enumerate(delays):
        if step + d < len(lambdas):
            felt += np.float32(weights[m]) * np.float32(lambdas[step + d, m, 0] - lambdas[step + d, m, 1])
    own = np.float32(lambdas[step, n, 0])
    return own + (np.float32(threshold) * own + felt) / np.float32(current - threshold)
