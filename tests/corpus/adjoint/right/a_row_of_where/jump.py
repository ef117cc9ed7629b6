def jump(lambda_V, lambda_I, weights, n, current, threshold):
    lambda_V, lambda_I, weights = (np.asarray(x, float) for x in (lambda_V, lambda_I, weights))
    J = (threshold * lambda_V[n] + weights @ (lambda_V - lambda_I)) / (current - threshold)
    return np.where(np.arange(len(lambda_V)) == n, lambda_V + J, lambda_V)
