# slip: a call for each example, and Python ends a recursion after 1000 calls or so
# earns: 3
# said: a loop has no end of that kind
def learn_feedback(feedback, x, y, rate):
    if len(x) == 0:
        return feedback
    better = feedback + rate * np.outer(x[0] - feedback @ y[0], y[0])
    return learn_feedback(better, x[1:], y[1:], rate)
