# slip: += with an array of places
# named: last_arrival_only
def delay_gradient(arrived, weights, lambdas):
    s, r = arrived[:, 1].astype(int), arrived[:, 2].astype(int)
    out = np.zeros(weights.shape)
    out[s, r] += weights[s, r] * (lambdas[:, 0] - lambdas[:, 1])
    return out
