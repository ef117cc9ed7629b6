def jump(lambda_V, lambda_I, weights, n, current, threshold):
    e = np.eye(len(lambda_V))[n]
    return lambda_V + e * (threshold * (e @ lambda_V) + weights @ (lambda_V - lambda_I)) / (current - threshold)
