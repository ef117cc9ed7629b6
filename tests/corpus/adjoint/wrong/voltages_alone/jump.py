# slip: only lambda_V of those who hear
# named: voltages_only
def jump(lambda_V, lambda_I, weights, n, current, threshold):
    new = lambda_V.copy()
    new[n] += (threshold * lambda_V[n] + weights @ lambda_V) / (current - threshold)
    return new
