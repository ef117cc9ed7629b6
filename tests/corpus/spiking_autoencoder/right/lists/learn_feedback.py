def learn_feedback(feedback, x, y, rate):
    U = [[float(u) for u in row] for row in feedback]
    for a, b in zip(x, y):
        for i, row in enumerate(U):
            miss = a[i] - sum(u * c for u, c in zip(row, b))
            U[i] = [u + rate * miss * c for u, c in zip(row, b)]
    return U
