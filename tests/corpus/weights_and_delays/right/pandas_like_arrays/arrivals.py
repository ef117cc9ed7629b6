def arrivals(times, senders, weights, delays, duration):
    n = weights.shape[1]
    s = np.repeat(senders, n)
    r = np.tile(np.arange(n), len(senders))
    t = np.repeat(times, n) + delays[s, r]
    keep = (weights[s, r] != 0) & (t < duration)
    order = np.argsort(t[keep])
    return np.column_stack([t[keep], s[keep], r[keep]])[order]
