def similarities(rates, patterns):
    r, P = np.asarray(rates, np.float32), np.asarray(patterns, np.float32)
    r = r / r.max() if r.max() > 0 else r

    def cos(a, b):
        a, b = a / (np.linalg.norm(a) or 1), b / np.linalg.norm(b, axis=1, keepdims=True)
        return b @ a

    return np.vstack((np.abs(P - r).sum(1), cos(r, P), cos(r - r.mean(), P - P.mean(1)[:, None])))
