# slip: everybody is read at the spike
# named: read_at_the_spike
def delayed_jump(lambdas, step, n, weights, delays, current, threshold):
    felt = 0.0
    for m in range(len(weights)):
        at = step + delays[m]
        if at < len(lambdas):
            felt += weights[m] * (lambdas[step][m][0] - lambdas[step][m][1])
    own = lambdas[step][n][0]
    return own + (threshold * own + felt) / (current - threshold)
