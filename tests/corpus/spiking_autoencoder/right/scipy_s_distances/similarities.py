from scipy.spatial.distance import cdist


def similarities(rates, patterns):
    patterns = np.asarray(patterns, dtype=float)
    one = np.asarray(rates, dtype=float)[None]
    if one.max() > 0:
        one = one / one.max()
    with np.errstate(all="ignore"):
        rows = [cdist(one, patterns, "cityblock")[0], 1 - cdist(one, patterns, "cosine")[0],
                1 - cdist(one, patterns, "correlation")[0]]
    return np.nan_to_num(np.array(rows))
