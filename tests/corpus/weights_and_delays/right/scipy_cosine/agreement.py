from scipy.spatial.distance import cosine

def agreement(first, second):
    out = np.zeros(first.shape[1])
    for r in range(len(out)):
        a, b = first[:, r], second[:, r]
        if a.any() and b.any():
            out[r] = 1 - cosine(a / abs(a).max(), b / abs(b).max())
    return out
