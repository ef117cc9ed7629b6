def agreement(first, second):
    scale = lambda g: g / (np.abs(g).max() or 1.0)
    a, b = scale(first), scale(second)
    top = np.einsum("sr,sr->r", a, b)
    bottom = np.sqrt(np.einsum("sr,sr->r", a, a) * np.einsum("sr,sr->r", b, b))
    return np.divide(top, bottom, out=np.zeros(len(top)), where=bottom > 0)
