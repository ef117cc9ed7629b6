def arrivals(times, senders, weights, delays, duration):
    blocks = []
    for s in range(weights.shape[0]):
        sent = times[senders == s]
        for r in range(weights.shape[1]):
            if weights[s, r] == 0 or not len(sent):
                continue
            blocks.append(np.column_stack([sent + delays[s, r], np.full(len(sent), s), np.full(len(sent), r)]))
    rows = np.concatenate(blocks)
    rows = rows[rows[:, 0] < duration]
    return rows[np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0]))]
