# slip: the root is missing
# named: squared_lengths
def agreement(first, second):
    n = (first**2).sum(axis=0) * (second**2).sum(axis=0)
    return (first * second).sum(axis=0) / np.where(n > 0, n, 1)
