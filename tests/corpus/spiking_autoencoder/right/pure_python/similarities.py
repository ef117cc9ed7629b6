def similarities(rates, patterns):
    rates, patterns = [float(r) for r in rates], [[float(q) for q in p] for p in patterns]
    top = max(rates)

    def cosine(a, b):
        lengths = sum(u * u for u in a) ** 0.5 * sum(u * u for u in b) ** 0.5
        return sum(u * w for u, w in zip(a, b)) / lengths if lengths > 1e-12 else 0.0

    def centred(a):
        return [u - sum(a) / len(a) for u in a]

    return [
        [sum(abs((r / top if top else 0.0) - q) for r, q in zip(rates, p)) for p in patterns],
        [cosine(rates, p) for p in patterns],
        [cosine(centred(rates), centred(p)) for p in patterns],
    ]
