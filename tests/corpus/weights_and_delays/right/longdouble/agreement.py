def agreement(first, second):
    a, b = first.astype(np.longdouble), second.astype(np.longdouble)
    length = np.sqrt((a * a).sum(0)) * np.sqrt((b * b).sum(0))
    cosine = np.zeros(a.shape[1])
    for r in range(a.shape[1]):
        if length[r] > 0:
            cosine[r] = (a[:, r] * b[:, r]).sum() / length[r]
    return cosine
