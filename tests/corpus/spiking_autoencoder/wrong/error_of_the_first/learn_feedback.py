# slip: all errors are those of the first feedback
# named: all_at_once
def learn_feedback(feedback, x, y, rate):
    return feedback + rate * sum(np.outer(a - feedback @ b, b) for a, b in zip(x, y))
