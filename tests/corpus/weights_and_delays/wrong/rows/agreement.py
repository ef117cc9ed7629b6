# slip: one for each sender
# named: for_each_sender
def agreement(first, second):
    first, second = first.T, second.T
    a = first / np.maximum(abs(first).max(axis=0), 1e-300)
    b = second / np.maximum(abs(second).max(axis=0), 1e-300)
    bottom = np.sqrt((a**2).sum(axis=0) * (b**2).sum(axis=0))
    return np.where(bottom > 0, (a * b).sum(axis=0) / np.maximum(bottom, 1e-300), 0)
