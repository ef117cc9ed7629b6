def delay_gradient(arrived, weights, lambdas):
    edges = [np.arange(n + 1) - 0.5 for n in weights.shape]
    total, _, _ = np.histogram2d(arrived[:, 1], arrived[:, 2], bins=edges, weights=lambdas @ [1.0, -1.0])
    return total * weights
