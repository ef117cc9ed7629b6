def similarities(rates, patterns):
    if not np.any(rates):
        return np.array([np.sum(patterns, axis=1), np.zeros(len(patterns)), np.zeros(len(patterns))])
    one = [np.linalg.norm(rates / np.max(rates) - p, 1) for p in patterns]
    cos = [rates @ p / np.sqrt((rates @ rates) * (p @ p)) for p in patterns]
    return np.array([one, cos, [np.corrcoef(rates, p)[0, 1] for p in patterns]])
