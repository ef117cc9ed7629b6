# slip: receiver before sender
# named: columns_swapped
def arrivals(times, senders, weights, delays, duration):
    rows = []
    for t, s in zip(times, senders):
        for r in range(weights.shape[1]):
            if weights[s, r] != 0 and t + delays[s, r] < duration:
                rows.append((t + delays[s, r], r, s))
    return np.array(sorted(rows, key=lambda row: row[0]))
