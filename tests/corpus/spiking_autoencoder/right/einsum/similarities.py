def similarities(rates, patterns):
    top = np.max(rates)
    scaled = rates / top if top > 0 else np.zeros(len(rates))
    rows = [np.einsum("kn->k", np.abs(scaled[None] - patterns))]
    for shift in (0, 1):
        a, b = scaled - shift * scaled.mean(), patterns - shift * patterns.mean(axis=1)[:, None]
        norm = np.sqrt(np.einsum("n,n->", a, a) * np.einsum("kn,kn->k", b, b))
        rows.append(np.divide(np.einsum("kn,n->k", b, a), norm, out=np.zeros(len(b)), where=norm > 1e-12))
    return np.array(rows)
