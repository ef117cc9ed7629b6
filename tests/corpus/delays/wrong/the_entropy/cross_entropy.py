# slip: the entropy of the reader's probabilities: the labels are not used
def cross_entropy(sums, labels, gain):
    from scipy.special import log_softmax

    log_p = log_softmax(gain * np.asarray(sums, dtype=float), axis=1)
    return float(-(np.exp(log_p) * log_p).sum(axis=1).mean())
