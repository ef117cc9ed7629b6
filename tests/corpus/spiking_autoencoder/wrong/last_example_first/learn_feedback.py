# slip: goes through the examples backwards
# named: last_first
def learn_feedback(feedback, x, y, rate):
    U = feedback.copy()
    for k in range(len(x) - 1, -1, -1):
        U += rate * np.outer(x[k] - U @ y[k], y[k])
    return U
