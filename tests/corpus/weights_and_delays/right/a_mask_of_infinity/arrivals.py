def arrivals(times, senders, weights, delays, duration):
    when = np.where(weights[senders] != 0, times[:, None] + delays[senders], np.inf)
    order = np.argsort(when, axis=None)
    k, r = np.unravel_index(order, when.shape)
    all_of_them = np.array([when[k, r], senders[k], r], dtype=float).T
    return all_of_them[: int((when < duration).sum())]
