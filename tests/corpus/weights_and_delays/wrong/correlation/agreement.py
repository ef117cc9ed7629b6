# slip: means are taken off
# named: means_removed
def agreement(first, second):
    a = first / np.maximum(abs(first).max(axis=0), 1e-300)
    b = second / np.maximum(abs(second).max(axis=0), 1e-300)
    a, b = a - a.mean(axis=0), b - b.mean(axis=0)
    bottom = np.sqrt((a**2).sum(axis=0) * (b**2).sum(axis=0))
    return np.where(bottom > 0, (a * b).sum(axis=0) / np.maximum(bottom, 1e-300), 0)
