# slip: nan where a column vanishes
# not named:
def agreement(first, second):
    a, b = first / abs(first).max(axis=0), second / abs(second).max(axis=0)
    return (a * b).sum(axis=0) / np.sqrt((a**2).sum(axis=0) * (b**2).sum(axis=0))
