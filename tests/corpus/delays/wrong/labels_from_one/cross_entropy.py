# slip: the classes are counted from 1
def cross_entropy(sums, labels, gain):
    from scipy.special import logsumexp

    z = gain * np.asarray(sums, dtype=float)
    return (logsumexp(z, axis=1) - z[np.arange(len(z)), np.asarray(labels) - 1]).mean()
