# slip: tiny gradients give 0
# not named:
def agreement(first, second):
    n = np.sqrt((first**2).sum(axis=0)) * np.sqrt((second**2).sum(axis=0))
    return np.where(n > 0, (first * second).sum(axis=0) / np.where(n > 0, n, 1), 0)
