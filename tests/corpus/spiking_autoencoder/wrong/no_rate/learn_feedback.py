# slip: without the rate
# named: rate_forgotten
def learn_feedback(feedback, x, y, rate):
    learned = [list(row) for row in feedback]
    for seen, code in zip(x, y):
        errors = [s - sum(f * c for f, c in zip(row, code)) for s, row in zip(seen, learned)]
        learned = [[f + e * c for f, c in zip(row, code)] for e, row in zip(errors, learned)]
    return learned
