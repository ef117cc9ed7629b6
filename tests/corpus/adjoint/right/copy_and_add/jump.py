def jump(lambda_V, lambda_I, weights, n, current, threshold):
    result = np.array(lambda_V, dtype=float, copy=True)
    through = np.sum(np.asarray(weights) * (np.asarray(lambda_V) - np.asarray(lambda_I)))
    result[n] = current / (current - threshold) * lambda_V[n] + through / (current - threshold)
    return result
