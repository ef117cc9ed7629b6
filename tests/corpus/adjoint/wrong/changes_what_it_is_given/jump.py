# slip: changes what it is given
# earns: 6
# not named:
def jump(lambda_V, lambda_I, weights, n, current, threshold):
    lambda_V[n] += (threshold * lambda_V[n] + np.dot(weights, lambda_V - lambda_I)) / (current - threshold)
    return lambda_V
