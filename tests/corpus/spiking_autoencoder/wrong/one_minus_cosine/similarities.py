# slip: scipy's distances instead of similarities
from scipy.spatial.distance import cosine, correlation


def similarities(rates, patterns):
    if not np.any(rates):
        return np.array([patterns.sum(axis=1), np.zeros(len(patterns)), np.zeros(len(patterns))])
    scaled = rates / rates.max()
    rows = [[np.abs(scaled - p).sum(), cosine(scaled, p), correlation(scaled, p)] for p in patterns]
    return np.array(rows).T
