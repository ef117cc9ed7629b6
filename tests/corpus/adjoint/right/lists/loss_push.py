def loss_push(voltage, target, dt, shape):
    rows = [list(row) for row in voltage]
    N, K = len(rows), len(rows[0])

    def wanted(scores):
        top = max(scores)
        e = [math.exp(s - top) for s in scores]
        return [(k == target) - e[k] / sum(e) for k in range(K)]

    if shape == "average":
        return [[p / (N * dt) for p in wanted(row)] for row in rows]
    columns = list(zip(*rows))
    if shape == "max":
        p = wanted([max(c) for c in columns])
        return [[p[k] / dt if n == columns[k].index(max(columns[k])) else 0.0 for k in range(K)] for n in range(N)]
    g = [math.exp(-n / N) if shape == "weighted" else 1.0 for n in range(N)]
    p = wanted([sum(a * b for a, b in zip(g, c)) / N for c in columns])
    return [[g[n] * p[k] / (N * dt) for k in range(K)] for n in range(N)]
