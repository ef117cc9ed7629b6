# slip: the error is turned round
# named: wrong_sign
def learn_feedback(feedback, x, y, rate):
    learned = [list(row) for row in feedback]
    for seen, code in zip(x, y):
        errors = [sum(f * c for f, c in zip(row, code)) - s for s, row in zip(seen, learned)]
        learned = [[f + rate * e * c for f, c in zip(row, code)] for e, row in zip(errors, learned)]
    return learned
