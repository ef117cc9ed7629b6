def arrivals(times, senders, weights, delays, duration):
    found = [
        [t + d, s, r]
        for t, s in zip(times, senders)
        for r, (w, d) in enumerate(zip(weights[s], delays[s]))
        if w and t + d < duration
    ]
    return sorted(found, key=lambda row: row[0])
