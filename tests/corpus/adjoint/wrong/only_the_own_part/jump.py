# slip: the others are left out
# named: nobody_hears
def jump(lambda_V, lambda_I, weights, n, current, threshold):
    out = [float(x) for x in lambda_V]
    slope = current * out[n]
    out[n] = slope / (current - threshold)
    return out
