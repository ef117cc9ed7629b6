def delayed_jump(lambdas, step, n, weights, delays, current, threshold):
    def reads():
        for m, d in enumerate(delays):
            row = lambdas[step + d :]
            if len(row):
                yield weights[m] * (row[0, m, 0] - row[0, m, 1])
    own = float(lambdas[step, n, 0])
    return own + (threshold * own + float(sum(reads()))) / (current - threshold)
