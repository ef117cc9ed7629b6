def unit(g):
    big = np.abs(g).max(axis=0, keepdims=True)
    g = np.divide(g, big, out=np.zeros_like(g, dtype=float), where=big > 0)
    norm = np.linalg.norm(g, axis=0, keepdims=True)
    return np.divide(g, norm, out=np.zeros_like(g), where=norm > 0)

def agreement(first, second):
    return (unit(first) * unit(second)).sum(axis=0)
