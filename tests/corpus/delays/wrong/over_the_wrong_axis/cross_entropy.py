# slip: the probabilities add up over the samples
# named: over_the_samples
def cross_entropy(sums, labels, gain):
    from scipy.special import log_softmax

    return -log_softmax(gain * np.asarray(sums, dtype=float), axis=0)[np.arange(len(sums)), labels].mean()
