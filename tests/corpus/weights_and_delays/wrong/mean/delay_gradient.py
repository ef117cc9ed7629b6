# slip: divided by the number of arrivals
# named: mean_over_arrivals
def delay_gradient(arrived, weights, lambdas):
    out = np.zeros(weights.shape)
    for (_, s, r), (v, i) in zip(arrived, lambdas):
        s, r = int(s), int(r)
        out[s, r] += weights[s, r] * (v - i)
    return out / len(arrived)
