# slip: one for the whole gradients
# named: one_for_all
def agreement(first, second):
    a = first / np.maximum(abs(first).max(), 1e-300)
    b = second / np.maximum(abs(second).max(), 1e-300)
    bottom = np.sqrt((a**2).sum() * (b**2).sum())
    return np.where(bottom > 0, (a * b).sum() / np.maximum(bottom, 1e-300), 0)
