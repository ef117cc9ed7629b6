# slip: the weight is left out
# named: weight_missing
def delay_gradient(arrived, weights, lambdas):
    out = np.zeros(weights.shape)
    for (_, s, r), (v, i) in zip(arrived, lambdas):
        s, r = int(s), int(r)
        out[s, r] += (v - i)
    return out
