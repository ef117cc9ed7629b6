def delayed_jump(lambdas, step, n, weights, delays, current, threshold):
    felt = sum(
        w * (lambdas[step + d, m, 0] - lambdas[step + d, m, 1])
        for m, (w, d) in enumerate(zip(weights, delays))
        if step + d < lambdas.shape[0]
    )
    return (current * lambdas[step, n, 0] + felt) / (current - threshold)
