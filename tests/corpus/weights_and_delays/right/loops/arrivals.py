def arrivals(times, senders, weights, delays, duration):
    rows = []
    for t, s in zip(times, senders):
        for r in range(len(weights[s])):
            if weights[s][r] != 0:
                when = t + delays[s][r]
                if when < duration:
                    rows.append((when, s, r))
    rows.sort()
    return np.array(rows)
