# slip: the logarithm of the mean probability
# named: mean_of_probabilities
def cross_entropy(sums, labels, gain):
    from scipy.special import softmax

    p = softmax(gain * np.asarray(sums, dtype=float), axis=1)
    return -np.log(np.mean([row[label] for row, label in zip(p, labels)]))
