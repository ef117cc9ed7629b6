# slip: the largest sum of all samples is taken off, and small ones vanish beside it
def cross_entropy(sums, labels, gain):
    z = gain * np.asarray(sums, dtype=float)
    z = z - z.max()
    with np.errstate(all="ignore"):
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(z)), labels].mean()
