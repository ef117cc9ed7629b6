# slip: the weights are left out
def jump(lambda_V, lambda_I, weights, n, current, threshold):
    out = [float(x) for x in lambda_V]
    slope = current * out[n] + sum((v - i) for w, v, i in zip(weights, lambda_V, lambda_I))
    out[n] = slope / (current - threshold)
    return out
