# slip: what would come after the end is read at the end
# named: held_at_the_end
def delayed_jump(lambdas, step, n, weights, delays, current, threshold):
    felt = 0.0
    for m in range(len(weights)):
        at = min(step + delays[m], len(lambdas) - 1)
        if at < len(lambdas):
            felt += weights[m] * (lambdas[at][m][0] - lambdas[at][m][1])
    own = lambdas[step][n][0]
    return own + (threshold * own + felt) / (current - threshold)
