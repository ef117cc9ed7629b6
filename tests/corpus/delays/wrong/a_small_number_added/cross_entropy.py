# slip: 1e-12 is added to p before the logarithm
# named: never_surer_than_that
def cross_entropy(sums, labels, gain):
    z = gain * np.asarray(sums, dtype=float)
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    return -np.mean(np.log(p[np.arange(len(z)), labels] + 1e-12))
