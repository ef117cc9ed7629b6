# slip: a row for each receiver
# named: receivers_in_rows
def delay_gradient(arrived, weights, lambdas):
    out = np.zeros(weights.shape)
    for (_, s, r), (v, i) in zip(arrived, lambdas):
        s, r = int(s), int(r)
        out[s, r] += weights[s, r] * (v - i)
    return out.T
