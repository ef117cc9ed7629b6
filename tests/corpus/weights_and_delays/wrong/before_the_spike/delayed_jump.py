# slip: the delay is taken off
# named: read_too_early
def delayed_jump(lambdas, step, n, weights, delays, current, threshold):
    felt = 0.0
    for m in range(len(weights)):
        at = step - delays[m]
        if at < len(lambdas):
            felt += weights[m] * (lambdas[at][m][0] - lambdas[at][m][1])
    own = lambdas[step][n][0]
    return own + (threshold * own + felt) / (current - threshold)
