# slip: the times of the spikes come back
# not named:
def arrivals(times, senders, weights, delays, duration):
    rows = []
    for t, s in zip(times, senders):
        for r in range(weights.shape[1]):
            if weights[s, r] != 0 and t < duration:
                rows.append((t, s, r))
    return np.array(sorted(rows))
