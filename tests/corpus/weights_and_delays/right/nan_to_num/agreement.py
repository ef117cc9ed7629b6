def agreement(first, second):
    with np.errstate(all="ignore"):
        a = first / abs(first).max(axis=0)
        b = second / abs(second).max(axis=0)
        return np.nan_to_num((a * b).sum(axis=0) / np.linalg.norm(a, axis=0) / np.linalg.norm(b, axis=0))
