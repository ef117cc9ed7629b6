def delay_gradient(arrived, weights, lambdas):
    out = np.zeros((len(weights), len(weights[0])))
    for (_, s, r), (lv, li) in zip(arrived, lambdas):
        out[int(s), int(r)] += weights[int(s)][int(r)] * (lv - li)
    return out
