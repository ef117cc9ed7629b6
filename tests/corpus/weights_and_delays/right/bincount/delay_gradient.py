def delay_gradient(arrived, weights, lambdas):
    n_s, n_r = weights.shape
    where = arrived[:, 1].astype(int) * n_r + arrived[:, 2].astype(int)
    total = np.bincount(where, weights=lambdas[:, 0] - lambdas[:, 1], minlength=n_s * n_r)
    return total.reshape(n_s, n_r) * weights
