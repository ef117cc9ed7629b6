def delay_gradient(arrived, weights, lambdas):
    apart = lambdas[:, 0] - lambdas[:, 1]
    return np.array([
        [w * apart[(arrived[:, 1] == s) & (arrived[:, 2] == r)].sum() for r, w in enumerate(row)]
        for s, row in enumerate(weights)
    ])
