# slip: the surprises of the samples, and not their mean
def cross_entropy(sums, labels, gain):
    from scipy.special import logsumexp

    z = gain * np.asarray(sums, dtype=float)
    return logsumexp(z, axis=1) - z[np.arange(len(z)), labels]
