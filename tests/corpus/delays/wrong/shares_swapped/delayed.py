# slip: the shares are swapped
# named: shares_swapped
def shifted(column, k):
    out = np.zeros(len(column))
    if k >= 0:
        out[k:] = column[: max(len(column) - k, 0)]
    else:
        out[:k] = column[-k:]
    return out


def delayed(spikes, delays):
    x = np.asarray(spikes, dtype=float)
    out = np.empty_like(x)
    for n, d in enumerate(np.asarray(delays, dtype=float)):
        whole = int(np.floor(d))
        part = d - whole
        out[:, n] = part * shifted(x[:, n], whole) + (1 - part) * shifted(x[:, n], whole + 1)
    return out
