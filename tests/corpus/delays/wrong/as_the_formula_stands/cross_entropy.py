# slip: exp of the sums as they are, which overflows
def cross_entropy(sums, labels, gain):
    e = np.exp(gain * np.asarray(sums))
    p = e / e.sum(axis=1, keepdims=True)
    return -np.mean(np.log(p[np.arange(len(p)), labels]))
