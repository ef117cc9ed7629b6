# slip: the table is turned: a row for each pattern
# never said: came back at index 0, 1
def similarities(rates, patterns):
    r, rows = np.asarray(rates, dtype=float), []
    r = r / r.max() if r.max() > 0 else r

    def cosine(a, b):
        both = np.linalg.norm(a) * np.linalg.norm(b)
        return a @ b / both if both > 1e-9 else 0.0

    for p in np.asarray(patterns, dtype=float):
        rows.append([abs(r - p).sum(), cosine(r, p), cosine(r - r.mean(), p - p.mean())])
    return np.array(rows)
