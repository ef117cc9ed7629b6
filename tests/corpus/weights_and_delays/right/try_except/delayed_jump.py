def delayed_jump(lambdas, step, n, weights, delays, current, threshold):
    def heard(m):
        try:
            v, i = lambdas[step + delays[m]][m]
        except IndexError:
            return 0.0
        return weights[m] * (v - i)
    after = lambdas[step][n][0]
    return after + (threshold * after + sum(heard(m) for m in range(len(delays)))) / (current - threshold)
