# slip: one number
# named: only_the_jump_itself
# earns: 0
def jump(lambda_V, lambda_I, weights, n, current, threshold):
    out = [float(x) for x in lambda_V]
    slope = current * out[n] + sum(w * (v - i) for w, v, i in zip(weights, lambda_V, lambda_I))
    out[n] = slope / (current - threshold)
    return out[n]
