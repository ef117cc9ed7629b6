def delay_gradient(arrived, weights, lambdas):
    out = [[0.0] * len(row) for row in weights]
    for row, pair in zip(arrived, lambdas):
        s, r = int(row[1]), int(row[2])
        out[s][r] += float(weights[s][r]) * float(pair[0] - pair[1])
    return out
