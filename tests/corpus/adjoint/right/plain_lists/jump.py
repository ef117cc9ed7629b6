def jump(lambda_V, lambda_I, weights, n, current, threshold):
    felt = sum(w * (v - i) for w, v, i in zip(weights, lambda_V, lambda_I))
    return [
        (current * v + felt) / (current - threshold) if m == n else v for m, v in enumerate(lambda_V)
    ]
