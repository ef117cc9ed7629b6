def delayed_jump(lambdas, step, n, weights, delays, current, threshold):
    silent = np.concatenate([lambdas, np.zeros((int(delays.max()) + 1, *lambdas.shape[1:]))])
    read = silent[step + delays, np.arange(len(weights))]
    own = lambdas[step, n, 0]
    return own + (threshold * own + np.dot(weights, read[:, 0] - read[:, 1])) / (current - threshold)
