# slip: only the whole part counts
# named: fraction_cut_off
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
        out[:, n] = shifted(x[:, n], whole)
    return out
