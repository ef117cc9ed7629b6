# slip: the error is x alone
# named: hebb_only
def learn_feedback(feedback, x, y, rate):
    learned = [list(row) for row in feedback]
    for seen, code in zip(x, y):
        errors = [s for s, row in zip(seen, learned)]
        learned = [[f + rate * e * c for f, c in zip(row, code)] for e, row in zip(errors, learned)]
    return learned
