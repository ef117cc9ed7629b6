# slip: the largest sum is taken off, and the logarithm of a p that is 0 is taken all the same
def cross_entropy(sums, labels, gain):
    z = gain * np.asarray(sums, dtype=float)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore"):
        return float(-np.log(p[range(len(p)), labels]).mean())
