def learn_feedback(feedback, x, y, rate):
    if len(x) == 0:
        return feedback
    better = feedback + rate * np.outer(x[0] - feedback @ y[0], y[0])
    return learn_feedback(better, x[1:], y[1:], rate)
