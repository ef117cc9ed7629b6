def agreement(first, second):
    def turned(g):
        g = g / np.where(g.any(axis=0), np.abs(g).max(axis=0), 1)
        return g / np.where(g.any(axis=0), np.sqrt(np.square(g).sum(axis=0)), 1)
    return np.diag(turned(first).T @ turned(second))
