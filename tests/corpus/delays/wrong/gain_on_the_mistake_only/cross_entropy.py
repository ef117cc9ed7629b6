# slip: the gain multiplies the right sum only, and not those under the logarithm
def cross_entropy(sums, labels, gain):
    sums = np.asarray(sums, dtype=float)
    top = sums.max(axis=1)
    total = top + np.log(np.exp(sums - top[:, None]).sum(axis=1))
    return np.mean(total - gain * sums[np.arange(len(sums)), labels])
