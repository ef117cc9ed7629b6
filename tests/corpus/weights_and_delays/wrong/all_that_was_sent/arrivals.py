# slip: compares the time of sending with the end
# named: end_of_sending
def arrivals(times, senders, weights, delays, duration):
    rows = []
    for t, s in zip(times, senders):
        for r in range(weights.shape[1]):
            if weights[s, r] != 0 and t < duration:
                rows.append((t + delays[s, r], s, r))
    return np.array(sorted(rows))
